"""What people read about a match: why this runbook, and where it stands."""

from urllib.parse import quote

from toban.domain.language import Language
from toban.domain.runbooks.nouns import Reason
from toban.domain.runbooks.search.finding import Found


def explained(reason: Reason, say: Language) -> str:
    """One reason in words. The value is plain text of others: escape the whole where it goes to Slack."""
    value = reason.value
    match reason.kind:
        case "pattern":
            return say.text("pattern “{value}”", value=value)
        case "phrase":
            return say.text("phrase “{value}”", value=value)
        case "keyword":
            return say.text("keyword “{value}”", value=value)
        case "service":
            return say.text("service “{value}”", value=value)
        case "tool":
            return say.text("tool “{value}”", value=value)
        case "severity":
            return say.text("severity “{value}”", value=value)


def explained_find(found: Found, say: Language) -> list[str]:
    """Why a runbook was found that no rule names: words in common, and what people said. Plain text."""
    why = (
        [say.text("words in common: {words}", words=say.text(", ").join(found.words))] if found.words else []
    )
    if found.voice.helped:
        n = found.voice.helped
        why.append(say.count("helped {n} time in such alerts", "helped {n} times in such alerts", n))
    if found.voice.wrong:
        n = found.voice.wrong
        why.append(say.count("was wrong {n} time in such alerts", "was wrong {n} times in such alerts", n))
    return why


def address(file: str, base: str | None) -> str | None:
    """Where a runbook's file can be read: the base address and the file's path; ``None`` without a base."""
    return f"{base.rstrip('/')}/{quote(file)}" if base else None

"""What people read about a match: why this runbook, and where it stands."""

from toban.domain.language import Language
from toban.domain.runbooks.nouns import Reason, Runbook


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


def address(runbook: Runbook, language: str, base: str | None) -> str | None:
    """Where the runbook can be read: the base address and the file's name; ``None`` without a base."""
    return f"{base.rstrip('/')}/{runbook.version(language).file}" if base else None

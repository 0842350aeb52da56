"""How bad it is, in the words of the tools."""

from toban.domain.intake.nouns import Severity

UNSAID: Severity = "error"  # a tool that says nothing about it still wants somebody to look

WORDS: dict[str, Severity] = {
    **dict.fromkeys(
        ("critical", "crit", "fatal", "emergency", "emerg", "disaster", "page", "blocker", "p1", "sev1"),
        "critical",
    ),
    **dict.fromkeys(("error", "err", "major", "high", "severe", "p2", "sev2"), "error"),
    **dict.fromkeys(
        ("warning", "warn", "minor", "medium", "moderate", "average", "degraded", "p3", "sev3"), "warning"
    ),
    **dict.fromkeys(
        ("info", "informational", "information", "notice", "low", "debug", "ok", "none", "p4", "p5", "sev4"),
        "info",
    ),
}


def severity(*words: str, unsaid: Severity = UNSAID) -> Severity:
    """The first word that is known; ``unsaid`` where none is."""
    return next((WORDS[word.casefold()] for word in words if word.casefold() in WORDS), unsaid)

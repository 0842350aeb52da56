"""What an examination found: good, worth a look, or broken, and what to do about it."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["good", "look", "bad"]


@dataclass(frozen=True)
class Finding:
    """One thing examined; ``remedy`` is the next step where it is not good."""

    subject: str
    level: Level
    text: str
    remedy: str = ""


def good(subject: str, text: str) -> Finding:
    """Nothing to do."""
    return Finding(subject, "good", text)


def look(subject: str, text: str, remedy: str) -> Finding:
    """It works, but not as well as it could."""
    return Finding(subject, "look", text, remedy)


def bad(subject: str, text: str, remedy: str) -> Finding:
    """It will fail."""
    return Finding(subject, "bad", text, remedy)

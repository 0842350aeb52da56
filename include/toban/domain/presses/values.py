"""What travels in a button and comes back with its press: compact JSON, read with distrust."""

import json
import re
from dataclasses import dataclass
from typing import Any

INCIDENT = re.compile(r"[A-Za-z0-9_-]{1,40}")
LANGUAGE = re.compile(r"[a-z]{2}")
ROUNDS = 1_000_000  # more than any incident has
LONGEST = 2_000  # Slack's limit for a value


@dataclass(frozen=True)
class About:
    """Which incident, in which round; ``choice`` is a menu's, ``language`` the message's."""

    incident_id: str
    round: int
    choice: str = ""
    language: str = ""

    def packed(self) -> str:
        """``{"i":"PABC123","r":0}``, at most about 100 characters."""
        values = {"i": self.incident_id, "r": self.round, "c": self.choice, "l": self.language}
        kept = {name: value for name, value in values.items() if value != ""}
        return json.dumps(kept, separators=(",", ":"))


def unpacked(text: object) -> About | None:
    """What `About.packed` wrote; None for anything else."""
    found = json_object(text)
    incident, number = found.get("i"), found.get("r")
    if not isinstance(incident, str) or not INCIDENT.fullmatch(incident):
        return None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < ROUNDS:
        return None
    choice, language = found.get("c", ""), found.get("l", "")
    if not isinstance(choice, str) or not isinstance(language, str):
        return None
    return About(incident, number, choice, language if LANGUAGE.fullmatch(language) else "")


def json_object(text: object) -> dict[str, Any]:
    """The object that a text holds; empty for anything else."""
    if not isinstance(text, str) or len(text) > LONGEST:
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}

"""The keys under which the alert path speaks: each names one thing that is said once.

The first word is the message's kind in the ledger and in the warehouse, the second the incident's id or,
for a group, the rest of its root.
"""

from datetime import datetime


def head(incident_id: str) -> str:
    """The message that heads an incident's own thread."""
    return f"alert:{incident_id}"


def briefing(incident_id: str) -> str:
    """Runbook and recent changes, in its thread."""
    return f"briefing:{incident_id}"


def draft(incident_id: str) -> str:
    """The draft of a runbook, as a file in its thread; the same key keeps its text."""
    return f"draft:{incident_id}"


def drafted(incident_id: str) -> str:
    """What stands below that file: what it is, and the button that makes it a note."""
    return f"drafted:{incident_id}"


def call(about: str, round_number: int) -> str:
    """A call in the thread: for a later round, or after quiet hours."""
    return f"call:{about}:{round_number}"


def joiners(root: str, window: int) -> str:
    """A call for what joined a storm in that stretch of it."""
    return f"call:{root}:0:{window}"


def reminder(about: str, round_number: int, number: int) -> str:
    """The reminder of that number (1, 2, …) in a round."""
    return f"reminder:{about}:{round_number}:{number}"


def joined(incident_id: str, round_number: int, level: int) -> str:
    """That level was asked to join."""
    return f"joined:{incident_id}:{round_number}:{level}"


def exhausted(incident_id: str, round_number: int) -> str:
    """There is no level left to escalate to."""
    return f"exhausted:{incident_id}:{round_number}"


def unmanned(incident_id: str, round_number: int) -> str:
    """Nobody was on call at a level."""
    return f"unmanned:{incident_id}:{round_number}"


def question(about: str, touched_at: datetime, number: int) -> str:
    """Asks how an acknowledged incident stands."""
    return f"question:{about}:{touched_at:%Y%m%dT%H%M%S}:{number}"

"""A press, a dialog asked for, and what became of a press."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

NOTE_SHORTCUT = "toban_note_from_message"  # callback id of the shortcut in the Slack app
NOTE_CHARACTERS = 3000  # the most that Slack's text field holds


class Action(StrEnum):
    """What is asked for; with ``toban_`` before it, it is the button's action id."""

    ACKNOWLEDGE = "acknowledge"
    RESOLVE = "resolve"
    ESCALATE = "escalate"
    SNOOZE = "snooze"
    NOTE = "note"
    HELPED = "runbook_helped"
    WRONG = "runbook_wrong"
    NO_ACTION = "no_action"
    SILENCE = "silence"
    DRAFT = "draft_runbook"
    DRAFT_NOTE = "draft_note"
    MONTH_RIGHT = "month_right"
    MONTH_WRONG = "month_wrong"
    MONTH_APPROVE = "month_approve"

    @property
    def action_id(self) -> str:
        """Slack's name for the button."""
        return f"toban_{self.value}"

    @property
    def is_feedback(self) -> bool:
        """Whether it is an opinion, which is only recorded: one for each person."""
        return self in {Action.HELPED, Action.WRONG, Action.NO_ACTION}

    @property
    def is_month(self) -> bool:
        """Whether it is about a labour month, not about an incident."""
        return self in {Action.MONTH_RIGHT, Action.MONTH_WRONG, Action.MONTH_APPROVE}

    @property
    def writes(self) -> bool:
        """Whether it changes something in PagerDuty."""
        return not (self.is_feedback or self.is_month or self in {Action.SILENCE, Action.DRAFT})


class Choice(StrEnum):
    """How long to snooze."""

    HOUR = "1h"
    FOUR_HOURS = "4h"
    MORNING = "morning"


class Outcome(StrEnum):
    """What became of a press. After the last two it may be pressed anew."""

    DONE = "done"
    ALREADY = "already"  # it was so before
    REFUSED = "refused"  # this person, or this team's mode, may not
    FAILED = "failed"  # too late, or PagerDuty said no


@dataclass(frozen=True)
class Press:
    """Something a person asked for; ``key`` names it, so that the same twice is one.

    ``value`` holds ``round`` (of a button), and ``choice`` or ``text``. A message's shortcut knows no
    incident: ``incident_id`` is empty, and ``value`` has ``channel`` and ``thread_ts``, where it was chosen.
    Of a labour month, ``value`` has what `months.MonthAbout` names, and the text of who says it is wrong.
    ``begun_at`` is since when it may have been carried out.
    """

    key: str
    incident_id: str
    action: Action
    slack_user: str
    slack_team: str | None
    response_url: str | None
    received_at: datetime
    value: Mapping[str, str | int] = field(default_factory=dict)
    begun_at: datetime | None = None

    @property
    def round(self) -> int | None:
        """The round of the message whose button it was."""
        found = self.value.get("round")
        return found if isinstance(found, int) else None

    def text(self, name: str) -> str:
        """A text of ``value``; empty where there is none."""
        return str(self.value.get(name, ""))


@dataclass(frozen=True)
class Dialog:
    """A note's dialog, which must be opened within three seconds of the press."""

    trigger_id: str
    incident_id: str
    round: int
    language: str
    response_url: str | None


@dataclass(frozen=True)
class Blank:
    """A dialog that was sent with nothing in its field."""

    language: str
    field: str = "note"


@dataclass(frozen=True)
class Answer:
    """How a press ended, and what the person alone is told; None where the thread says it."""

    outcome: Outcome
    text: str | None = None

"""What people say of a month: a person of the own figures, a manager of the team's. Silence is no answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from toban.domain.labour.figures import CORRECTED, Figures, fingerprint


class Word(StrEnum):
    """What is said."""

    CONFIRMED = "confirmed"  # by the person: the figures are right
    DISPUTED = "disputed"  # by the person: something is wrong
    APPROVED = "approved"  # by a manager: the month may be paid


class State(StrEnum):
    """How far a person's month is."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"  # confirmed, after call-outs were corrected


@dataclass(frozen=True)
class Answer:
    """``figures`` is the fingerprint of what was seen; ``person_id`` is None for the whole team's."""

    team_id: str
    month: str
    word: Word
    by: str
    at: datetime
    figures: str
    person_id: str | None = None
    why: str | None = None

    @property
    def key(self) -> str:
        """Names it; the same may be said again later, after something else was said."""
        about = f"{self.team_id}:{self.month}:{self.person_id or ''}:{self.figures}"
        return f"{about}:{self.word}:{self.at:%Y%m%dT%H%M%S.%f}"


@dataclass(frozen=True)
class Standpoint:
    """A person's state, and the last answer, which may be about figures that have changed since."""

    state: State
    answer: Answer | None = None
    outdated: bool = False


def standpoint(person_id: str, own: Figures, answers: Iterable[Answer]) -> Standpoint:
    """Where the person stands towards these figures; of several answers the last one holds."""
    last = max((one for one in answers if one.person_id == person_id), key=lambda one: one.at, default=None)
    if last is None:
        return Standpoint(State.OPEN)
    outdated = last.figures != fingerprint(own)
    if outdated or last.word is not Word.CONFIRMED:
        return Standpoint(State.OPEN, last, outdated)
    return Standpoint(State.CORRECTED if own[CORRECTED] else State.CONFIRMED, last)

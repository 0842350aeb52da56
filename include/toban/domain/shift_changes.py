"""How stored on-call shifts change when PagerDuty shows a stretch of time again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from toban.domain.spans import Span


@dataclass(frozen=True)
class Duty:
    """One row of the stored shifts; ``None`` for start or end means without beginning or end."""

    policy_id: str
    level: int
    schedule_id: str | None
    user_id: str
    start: datetime | None
    end: datetime | None

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it one row: everything but its end."""
        return self.policy_id, self.level, self.schedule_id, self.user_id, self.start


@dataclass(frozen=True)
class ShiftChanges:
    """Rows to remove, and rows to insert or update."""

    removed: list[Duty]
    written: list[Duty]


def shift_changes(stored: Iterable[Duty], shown: Iterable[Duty], window: Span, now: datetime) -> ShiftChanges:
    """What to do so that the stored shifts say what PagerDuty shows of the window.

    ``stored`` are the rows that overlap the window. A permanent duty that is gone was real until today: it
    ends ``now`` instead of vanishing. A shift shown from the window's start on keeps the start it had.
    """
    known = {duty.key: duty for duty in stored}
    fresh = {duty.key: duty for duty in (_with_known_start(duty, known, window) for duty in shown)}
    gone = [duty for key, duty in known.items() if key not in fresh]
    ended = [
        replace(duty, end=now) for duty in gone if duty.start is None and (duty.end is None or duty.end > now)
    ]
    removed = [duty for duty in gone if duty.start is not None]
    written = [duty for key, duty in fresh.items() if known.get(key) != duty]
    return ShiftChanges(removed, written + ended)


def _with_known_start(duty: Duty, known: dict[tuple[object, ...], Duty], window: Span) -> Duty:
    if duty.start != window.start:
        return duty
    same = [
        old for old in known.values()
        if old.key[:4] == duty.key[:4] and old.start is not None and old.start < window.start
        and (old.end is None or old.end >= window.start)
    ]  # fmt: skip
    return replace(duty, start=same[0].start) if same else duty

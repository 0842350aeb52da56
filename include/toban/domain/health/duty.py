"""Single shifts: how many incidents each had, and whether its nights were left in peace."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from toban.domain.health.hours import HourKind
from toban.domain.health.nouns import Finding, Interruption, Topic, measured
from toban.domain.health.thresholds import WEEK, Thresholds
from toban.domain.labour.standby import standby
from toban.domain.shifts import Shift
from toban.domain.spans import Span


@dataclass(frozen=True)
class Stretch:
    """A person's time on call without a break, in any schedule and on any level, and what fell into it."""

    person_id: str
    span: Span
    interruptions: tuple[Interruption, ...] = ()

    @property
    def incidents(self) -> int:
        """Different ones, however often each of them rang."""
        return len({one.incident_id for one in self.interruptions})

    @property
    def night_calls(self) -> int:
        """Interruptions in sleep."""
        return sum(one.hour_kind is HourKind.SLEEP for one in self.interruptions)


def stretches(shifts: Iterable[Shift], interruptions: Iterable[Interruption], window: Span) -> list[Stretch]:
    """The shifts held in the window, cut to it, by person and time.

    What overlaps or touches is one. What lasts much longer than a week is cut into as many equal parts as it
    has weeks, so that somebody who is always on call has shifts too. A shift that an override interrupts is
    two.
    """
    own: dict[str, list[Interruption]] = {}
    for one in sorted(interruptions, key=lambda one: (one.at, one.incident_id)):
        own.setdefault(one.person_id, []).append(one)
    return [
        Stretch(person_id, part, tuple(one for one in own.get(person_id, []) if part.holds(one.at)))
        for person_id, held in sorted(standby(shifts, window).items())
        for span in held
        for part in _weeks(span)
    ]


def beside(interruptions: Iterable[Interruption], held: Sequence[Stretch]) -> list[Interruption]:
    """The interruptions that struck a person outside all of these stretches."""
    on_duty = {one for stretch in held for one in stretch.interruptions}
    return [one for one in interruptions if one not in on_duty]


def night_share(held: Sequence[Stretch], thresholds: Thresholds) -> Finding:
    """The share of shifts with a night call."""
    struck = sum(stretch.night_calls > 0 for stretch in held)
    enough = len(held) >= max(thresholds.fewest_shifts_for_share, 1)
    share = struck / len(held) if enough else None
    return measured(Topic.NIGHT_SHIFT_SHARE, share, thresholds.night_shift_share, len(held))


def shift_findings(held: Iterable[Stretch], thresholds: Thresholds) -> Iterator[Finding]:
    """Each shift's incidents against the limit for its length."""
    for stretch in held:
        limit = thresholds.incidents(stretch.span.length)
        calls = len(stretch.interruptions)
        topic = Topic.INCIDENTS_PER_SHIFT
        yield measured(topic, stretch.incidents, limit, calls, stretch.person_id, stretch.span)


def _weeks(span: Span) -> Iterator[Span]:
    """Rounded: a week in which the clocks go back is an hour longer, and still one."""
    parts = max(1, round(span.length / WEEK))
    edges = [span.start + n * (span.length / parts) for n in range(parts)]
    for start, end in zip(edges, [*edges[1:], span.end], strict=True):
        yield Span(start, end)

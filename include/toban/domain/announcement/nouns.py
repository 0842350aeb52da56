"""What the daily announcement is about: who has each level of each team, who gets it next, and the gaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from toban.domain.people import Person
from toban.domain.shifts import Shift, gaps, next_on_duty, on_duty, on_level
from toban.domain.spans import Span

HORIZON = timedelta(days=14)  # two weeks is time enough to find someone, and a rotation's usual length


@dataclass(frozen=True)
class Policy:
    """An escalation policy and the levels of it that are announced, lowest (called first) first.

    ``known`` is false where the settings name an id that PagerDuty does not know.
    """

    id: str
    name: str
    levels: tuple[int, ...]
    known: bool = True


@dataclass(frozen=True)
class LevelDuty:
    """One level of one policy: on duty now, who begins next, and the gaps up to `HORIZON`, cut to it.

    ``last_end`` is when somebody's duty last ended, as far back as shifts were given.
    """

    number: int
    now: tuple[Shift, ...]
    next: tuple[Shift, ...]
    gaps: tuple[Span, ...]
    last_end: datetime | None

    @property
    def vacant(self) -> bool:
        """Whether an alert that reaches this level now rings nobody."""
        return not self.now


@dataclass(frozen=True)
class PolicyDuty:
    """One policy at one moment."""

    policy: Policy
    levels: tuple[LevelDuty, ...]

    @property
    def first(self) -> LevelDuty | None:
        """The level that is called first; ``None`` for a policy without levels."""
        return self.levels[0] if self.levels else None

    @property
    def calls_nobody(self) -> bool:
        """Whether an alert now rings nobody at first."""
        return self.first is None or self.first.vacant


@dataclass(frozen=True)
class TeamDuty:
    """One team at one moment, in UTC. ``rings`` is false in mode observe: then nobody is mentioned."""

    id: str
    name: str
    zone: ZoneInfo
    rings: bool
    at: datetime
    policies: tuple[PolicyDuty, ...]

    @property
    def called_first(self) -> tuple[Person, ...]:
        """Everyone on a first level now, each once, in the order of the policies."""
        levels = (duty.first for duty in self.policies)
        people = [shift.person for level in levels if level for shift in level.now]
        return tuple(dict.fromkeys(people))

    @property
    def vacancies(self) -> tuple[tuple[PolicyDuty, LevelDuty], ...]:
        """The levels that nobody has right now."""
        return tuple((duty, level) for duty in self.policies for level in duty.levels if level.vacant)


def policy_duties(
    policies: Sequence[Policy], shifts: Iterable[Shift], at: datetime
) -> tuple[PolicyDuty, ...]:
    """Each policy at that moment. ``shifts`` must reach from before ``at`` to ``at + HORIZON``."""
    known = list(shifts)
    return tuple(
        PolicyDuty(policy, tuple(_level(on_level(known, policy.id, n), n, at) for n in policy.levels))
        for policy in policies
    )


def _level(shifts: Sequence[Shift], number: int, at: datetime) -> LevelDuty:
    return LevelDuty(
        number,
        now=tuple(on_duty(shifts, at)),
        next=tuple(next_on_duty(shifts, at)),
        gaps=tuple(gaps(shifts, Span(at, at + HORIZON))),
        last_end=max((shift.end for shift in shifts if shift.end and shift.end <= at), default=None),
    )

"""When and where the announcement is due, and which teams share one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
A_DAY = timedelta(days=1)
# Longer ago than this, an announcement is history; a team that speaks once a week still has its last one.
LOOK_BACK_DAYS = 7


class Announced(Protocol):
    """What is needed of a team's settings."""

    @property
    def id(self) -> str: ...
    @property
    def mode(self) -> str: ...
    @property
    def announce_channel(self) -> str: ...
    @property
    def announce_at(self) -> time: ...
    @property
    def weekdays(self) -> Sequence[str]: ...
    @property
    def zone(self) -> ZoneInfo: ...


T = TypeVar("T", bound=Announced)


@dataclass(frozen=True)
class Group(Generic[T]):
    """Teams whose announcement is one message: the same channel at the same local time and instant ``at``."""

    channel: str
    at: datetime
    teams: tuple[T, ...]

    @property
    def due(self) -> datetime:
        """``at`` in UTC: moments of one zone compare and subtract by their clocks, not by time elapsed."""
        return self.at.astimezone(UTC)

    @property
    def leader(self) -> T:
        """The team whose DAG posts for all; the first in the settings."""
        return self.teams[0]

    @property
    def key(self) -> str:
        """The same for every run that means this one: ``shifts:#oncall:2026-11-23T10:00:00+09:00``."""
        return f"shifts:{self.channel}:{self.at.isoformat()}"


def groups(teams: Iterable[T], day: date, trial_channel: str | None) -> list[Group[T]]:
    """The announcements of that (local) day, each team that speaks on its weekday in exactly one.

    A team in mode observe speaks in the trial channel.
    """
    found: dict[tuple[str, time, datetime], list[T]] = {}
    for team in teams:
        if WEEKDAYS[day.weekday()] in team.weekdays:
            instant = datetime.combine(day, team.announce_at, team.zone).astimezone(UTC)
            place = (channel_of(team, trial_channel), team.announce_at, instant)
            found.setdefault(place, []).append(team)
    return [
        Group(channel, datetime.combine(day, local, members[0].zone), tuple(members))
        for (channel, local, _), members in found.items()
    ]


def channel_of(team: Announced, trial_channel: str | None) -> str:
    """Where the team's duty is announced."""
    return trial_channel if team.mode == "observe" and trial_channel else team.announce_channel


def last_due(teams: Sequence[T], team: T, now: datetime, trial_channel: str | None) -> Group[T] | None:
    """The team's latest announcement that is due by now, at most a week ago."""
    today = now.astimezone(team.zone).date()
    for days in range(LOOK_BACK_DAYS + 1):
        for group in groups(teams, today - days * A_DAY, trial_channel):
            if team in group.teams and group.due <= now.astimezone(UTC):
                return group
    return None


def due_now(teams: Sequence[T], team: T, now: datetime, trial_channel: str | None) -> Group[T] | None:
    """The announcement a run now is for: the last one, until its hour comes again on the next day.

    ``None`` later than that, on days on which the team is silent.
    """
    group = last_due(teams, team, now, trial_channel)
    # `at` is local: a day later by the clock, be it 23 or 25 hours.
    return group if group and now.astimezone(UTC) < (group.at + A_DAY).astimezone(UTC) else None

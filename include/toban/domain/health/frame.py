"""What a report on health looks at: one team, one week, those before it and those to come."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from toban.domain.local_time import midnight
from toban.domain.spans import Span

WEEKS, COMING_WEEKS = 12, 3  # a quarter; shifts are read for 28 days ahead, which are three whole weeks


@dataclass(frozen=True)
class Frame:
    """``start`` is the first day of the week looked at; ``weeks`` is how many the period has, it included."""

    team_id: str
    team: str
    zone: ZoneInfo
    start: date
    weeks: int = WEEKS
    coming_weeks: int = COMING_WEEKS

    @property
    def week(self) -> Span:
        """The week, cut on the midnights of the team's zone."""
        return self.week_from(self.start)

    @property
    def period(self) -> tuple[date, ...]:
        """The first days of the period's weeks, oldest first; the last is the week itself."""
        return tuple(self.start - timedelta(weeks=back) for back in reversed(range(self.weeks)))

    @property
    def coming(self) -> tuple[date, ...]:
        """The first days of the weeks after it."""
        return tuple(self.start + timedelta(weeks=n + 1) for n in range(self.coming_weeks))

    @property
    def whole(self) -> Span:
        """From the first week of the period to the end of the last one to come."""
        return Span(self.week_from(self.period[0]).start, self.week_from(self.coming[-1]).end)

    def week_from(self, first: date) -> Span:
        """The week that begins on that day."""
        return Span(midnight(first, self.zone), midnight(first + timedelta(weeks=1), self.zone))

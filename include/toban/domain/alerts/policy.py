"""How a team wants to be called, and when it is quiet."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from toban.domain.local_time import Daily

Way = Literal["level", "responders", "reassign"]


@dataclass(frozen=True)
class Quiet:
    """Hours of a local day in which low urgency rings nobody; the end may be on the next day."""

    start: time
    end: time
    zone: ZoneInfo

    def covers(self, moment: datetime) -> bool:
        """Whether it is quiet then."""
        return Daily(self.start, self.end).holds(moment.astimezone(self.zone).time())

    def over_at(self, moment: datetime) -> datetime:
        """The first moment from then on that is not quiet."""
        if not self.covers(moment):
            return moment
        local = moment.astimezone(self.zone)
        end = datetime.combine(local.date(), self.end, self.zone)
        if end <= local:
            end = datetime.combine(local.date() + timedelta(days=1), self.end, self.zone)
        return end.astimezone(moment.tzinfo)


@dataclass(frozen=True)
class CallPolicy:
    """``rings``: people may be mentioned. ``acts``: Toban may write to PagerDuty.

    Reminders come ``remind`` after the call, then ``every``. Incidents older than ``fresh`` at first sight
    ring nobody. The first mention of what likely resolves by itself waits until ``transients_wait`` after its
    beginning. ``None`` switches a thing off.
    """

    rings: bool = False
    acts: bool = False
    remind: tuple[timedelta, ...] = ()
    every: timedelta | None = None
    escalate_after: timedelta | None = None
    escalate_by: Way = "level"
    ask_after: timedelta | None = None
    fresh: timedelta = timedelta(minutes=15)
    quiet: Quiet | None = None
    transients_wait: timedelta | None = None

    def quiet_at(self, moment: datetime, *, low: bool) -> bool:
        """Whether an incident of that urgency rings nobody then."""
        return low and self.quiet is not None and self.quiet.covers(moment)

    def rings_from(self, moment: datetime, *, low: bool) -> datetime:
        """The first moment from then on at which it may ring."""
        return self.quiet.over_at(moment) if low and self.quiet is not None else moment

    def reminders_due(self, waited: timedelta) -> int:
        """How many reminders should have been given after that time without an answer."""
        due = sum(after <= waited for after in self.remind)
        if due < len(self.remind) or self.every is None:
            return due
        last = self.remind[-1] if self.remind else timedelta(0)
        return due + (waited - last) // self.every

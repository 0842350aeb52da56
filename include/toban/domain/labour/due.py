"""When a labour month is reported: on the first working day after it."""

from datetime import date
from itertools import count

from toban.domain.labour.days import Calendar
from toban.domain.labour.kinds import DayKind
from toban.domain.labour.month import Period
from toban.domain.local_time import DAY

LONGEST_BREAK = 31  # days without a working day; a team without any is reported after as many


def report_day(period: Period, calendar: Calendar) -> date:
    """The local day; ``calendar`` must know the holidays of the days after the period."""
    days = (period.last + n * DAY for n in count(1))
    return next(
        day for n, day in enumerate(days, 1) if n == LONGEST_BREAK or calendar.kind(day) is DayKind.WORKDAY
    )

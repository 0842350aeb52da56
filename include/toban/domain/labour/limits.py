"""What a law or an agreement says of long hours, as data."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal


@dataclass(frozen=True)
class OvertimeRule:
    """Time of a working day beyond ``daily``, and of a week beyond ``weekly``, is overtime.

    ``week_begins`` is 0 (Monday) to 6. Overtime of a month beyond ``long_after`` pays
    ``long_premium`` instead of ``premium``, shares that are added to the hourly rate.
    """

    daily: timedelta
    weekly: timedelta
    week_begins: int
    long_after: timedelta
    premium: Decimal = Decimal(0)
    long_premium: Decimal = Decimal(0)


@dataclass(frozen=True)
class AgreementRule:
    """How much overtime may be; what is None has no limit.

    ``year_begins`` is the month (1 to 12) with which the agreement's year begins. ``month``, ``year``
    and ``special_year`` are of overtime alone; ``special_month``, which must not be reached, and
    ``special_mean``, of the last two to six months, hold work on legal holidays as well. ``special_months``
    is how many months of the year may go beyond ``month``.
    """

    year_begins: int = 4
    month: timedelta | None = None
    year: timedelta | None = None
    special_month: timedelta | None = None
    special_mean: timedelta | None = None
    special_year: timedelta | None = None
    special_months: int | None = None


NO_LIMITS = AgreementRule()


@dataclass(frozen=True)
class RoundingRule:
    """For a month's total: what is left beyond whole steps is cut, or a step from ``up_from`` on."""

    step: timedelta
    up_from: timedelta

    def of(self, total: timedelta) -> timedelta:
        """The total in whole steps."""
        whole, rest = divmod(total, self.step)
        return (whole + (rest >= self.up_from)) * self.step

"""What a company's rules say, as data with the day each of them takes effect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from toban.domain.labour.kinds import DayKind
from toban.domain.labour.limits import NO_LIMITS, AgreementRule, OvertimeRule, RoundingRule
from toban.domain.local_time import Daily


@dataclass(frozen=True)
class CallOutRule:
    """How deeds become time: PagerDuty knows when somebody acted, not when somebody worked.

    ``tail`` is added after the last deed; a call-out counts ``shortest`` at least, and ``longest`` at most
    until somebody confirms more. ``unanswered``: whether a call that the person never answered counts.
    """

    tail: timedelta = timedelta(minutes=10)
    shortest: timedelta = timedelta(minutes=15)
    longest: timedelta = timedelta(hours=3)
    unanswered: bool = True


@dataclass(frozen=True)
class DayRule:
    """Which days are free. Weekdays are 0 (Monday) to 6; the legal weekly holiday is one of them, or none."""

    legal_weekday: int | None = None
    free_weekdays: frozenset[int] = frozenset({5, 6})
    public_holidays: bool = True


@dataclass(frozen=True)
class RestRule:
    """How long a rest between duties must be, and the usual working hours it lies between.

    Where either is None, rest is not computed.
    """

    shortest: timedelta | None = None
    working_hours: Daily | None = None


@dataclass(frozen=True)
class PayRule:
    """A team's own rates; what is empty pays nothing and is not shown.

    ``standby`` is for 24 hours of standing by, by kind of day, and is paid for a part of them in proportion.
    ``hourly`` pays called-out time; ``premium`` and ``night_premium`` are added shares of it (0.25: a quarter
    more), by kind of day and at night, one on top of the other.
    """

    standby: Mapping[DayKind, Decimal] = field(default_factory=dict)
    call_out: Decimal = Decimal(0)
    hourly: Decimal | None = None
    premium: Mapping[DayKind, Decimal] = field(default_factory=dict)
    night_premium: Decimal = Decimal(0)


@dataclass(frozen=True)
class Rules:
    """One version of a team's rules, in force from the beginning of the day ``since`` on.

    ``name`` is shown wherever the rules made a figure. ``night`` is None where nights are days like others,
    ``overtime`` where it is not computed, ``rounding`` where totals stay as they are.
    """

    since: date
    name: str
    call_out: CallOutRule = CallOutRule()
    days: DayRule = DayRule()
    night: Daily | None = None
    rest: RestRule = RestRule()
    pay: PayRule = PayRule()
    overtime: OvertimeRule | None = None
    agreement: AgreementRule = NO_LIMITS
    rounding: RoundingRule | None = None


@dataclass(frozen=True)
class Rulebook:
    """All versions of a team's rules, at least one; before the first one took effect, it holds as well."""

    versions: tuple[Rules, ...]

    def in_force(self, day: date) -> Rules:
        """The rules of that local day."""
        return next((rules for rules in reversed(self._ordered) if rules.since <= day), self._ordered[0])

    @cached_property
    def _ordered(self) -> Sequence[Rules]:
        return sorted(self.versions, key=lambda rules: rules.since)

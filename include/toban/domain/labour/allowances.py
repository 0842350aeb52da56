"""What the rules pay for standing by and for being called, in a currency's units, exact."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from toban.domain.labour.kinds import DayKind
from toban.domain.labour.minutes import Kind, Totals
from toban.domain.labour.rules import PayRule

HOUR = timedelta(hours=1)
DAY_OF_STANDBY = 24 * HOUR


@dataclass(frozen=True)
class Allowances:
    """Not rounded. ``response`` is None where no hourly rate is known: that is not zero."""

    standby: Decimal
    call_outs: Decimal
    response: Decimal | None

    @property
    def total(self) -> Decimal:
        """Of what is known."""
        return self.standby + self.call_outs + (self.response or Decimal(0))


def allowances(rule: PayRule, stood_by: Totals, responded: Totals, call_outs: int) -> Allowances:
    """For a person's time under one rule; where rules change within the month, one for each part."""
    standby = sum(
        (rule.standby.get(kind, Decimal(0)) * _share(stood_by.on(kind), DAY_OF_STANDBY) for kind in DayKind),
        Decimal(0),
    )
    return Allowances(standby, rule.call_out * call_outs, _response(rule, responded))


def _response(rule: PayRule, responded: Totals) -> Decimal | None:
    if rule.hourly is None:
        return None
    hourly = rule.hourly
    paid = (hourly * _share(time, HOUR) * _factor(rule, kind) for kind, time in responded.by_kind.items())
    return sum(paid, Decimal(0))


def _factor(rule: PayRule, kind: Kind) -> Decimal:
    day, night = kind
    return 1 + rule.premium.get(day, Decimal(0)) + (rule.night_premium if night else 0)


def _share(time: timedelta, whole: timedelta) -> Decimal:
    return Decimal(time // timedelta(seconds=1)) / Decimal(whole // timedelta(seconds=1))


def added(parts: Iterable[Allowances]) -> Allowances:
    """The parts of a month together; a response that is unknown in one part is unknown in all."""
    listed = list(parts)
    responses = [part.response for part in listed]
    known = [response for response in responses if response is not None]
    return Allowances(
        sum((part.standby for part in listed), Decimal(0)),
        sum((part.call_outs for part in listed), Decimal(0)),
        sum(known, Decimal(0)) if len(known) == len(responses) else None,
    )

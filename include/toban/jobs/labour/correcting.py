"""Corrections of call-outs, checked against what is counted, all of them or none."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from toban.clients.ledger import Ledger
from toban.domain.labour.corrections import Correction, began, may_be
from toban.domain.labour.month import Period, period_with
from toban.domain.labour.nouns import CallOut
from toban.errors import UsageError
from toban.jobs.labour.counting import Counter


def correct(counter: Counter, ledger: Ledger, given: Mapping[int, Correction], now: datetime) -> int:
    """Keep corrections (by line of their file); gives how many are new.

    Raises UsageError for a call-out that is not counted or a time far from it, LedgerError and
    WarehouseError.
    """
    known: dict[str, dict[str, CallOut]] = {}
    for line, one in given.items():
        period = _period(counter, line, one)
        if period.name not in known:
            months = replace(counter, corrections=(), attendance=None).count(period).months
            known[period.name] = {call.key: call for month in months for call in month.call_outs}
        call_out = known[period.name].get(one.call_out)
        if call_out is None:
            raise _unknown(counter, line, one)
        if not may_be(one, call_out):
            raise UsageError(
                f"Line {line}: the time given for {one.call_out} lies more than a day before or after what "
                "PagerDuty tells; is its date right?"
            )
    return ledger.labour.correct(counter.team.id, given.values(), now=now)


def _period(counter: Counter, line: int, one: Correction) -> Period:
    """The month in which the call-out began."""
    at = began(one.call_out)
    if at is None:
        raise _unknown(counter, line, one)
    return period_with(at.astimezone(counter.team.zone).date(), counter.team.labour.closing_day)


def _unknown(counter: Counter, line: int, one: Correction) -> UsageError:
    return UsageError(
        f"Line {line}: {one.call_out!r} is no call-out of {counter.team.name}; take its key from the "
        "sheet of call-outs."
    )

"""What people say against the rule's time; the original stays beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from toban.domain.labour.nouns import KEY_FORM, CallOut, Standing
from toban.domain.local_time import DAY
from toban.domain.spans import Span


class Verdict(StrEnum):
    """What a correction says."""

    CONFIRM = "confirm"
    CHANGE = "change"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Correction:
    """Who said what of which call-out, when and why; ``span`` is the right time where it is changed."""

    call_out: str
    verdict: Verdict
    by: str
    at: datetime
    why: str
    span: Span | None = None


def corrected(call_outs: Iterable[CallOut], corrections: Iterable[Correction]) -> list[CallOut]:
    """The call-outs as they count now: of several corrections the last one holds.

    Withdrawn ones stay, without time. Corrections of call-outs that are not among them are left alone. What
    PagerDuty tells of deeds after it was said has to be confirmed anew.
    """
    last = {one.call_out: one for one in sorted(corrections, key=lambda one: one.at)}
    return [_after(one, last.get(one.key)) for one in call_outs]


def _after(call_out: CallOut, correction: Correction | None) -> CallOut:
    if correction is None:
        return call_out
    if correction.verdict is Verdict.WITHDRAW:
        nothing = Span(call_out.span.start, call_out.span.start)
        return replace(call_out, span=nothing, standing=Standing.WITHDRAWN, before=call_out.span)
    if correction.verdict is Verdict.CHANGE and correction.span is not None:
        standing = Standing.TO_CONFIRM if _is_outdated(call_out, correction) else Standing.CORRECTED
        return replace(call_out, span=correction.span, standing=standing, before=call_out.span)
    return call_out if _is_outdated(call_out, correction) else replace(call_out, standing=Standing.CONFIRMED)


def _is_outdated(call_out: CallOut, correction: Correction) -> bool:
    return call_out.told.end - call_out.rule.tail > correction.at


def may_be(correction: Correction, call_out: CallOut) -> bool:
    """Whether the time said lies at most a day off what PagerDuty tells; the count finds no other."""
    span, told = correction.span, call_out.told
    return span is None or (told.start - DAY <= span.start and span.end <= told.end + DAY)


def began(key: str) -> datetime | None:
    """When the call-out of that key began as PagerDuty tells, in UTC; None where it is no key."""
    try:
        return datetime.strptime(key.rpartition(":")[2].partition("+")[0], KEY_FORM).replace(tzinfo=UTC)
    except ValueError:
        return None

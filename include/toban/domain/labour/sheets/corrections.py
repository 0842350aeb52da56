"""A line per correction: which call-out, who, when, why, and what it was before. Nothing is overwritten."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from toban.domain.labour.corrections import Correction, Verdict
from toban.domain.labour.month import PersonMonth
from toban.domain.labour.nouns import CallOut
from toban.domain.labour.sheets.table import Cell, Table, moment, table, who
from toban.domain.labour.staff import Staff
from toban.domain.language import Language


def corrections_table(
    corrections: Iterable[Correction],
    months: Iterable[PersonMonth],
    staff: Mapping[str, Staff],
    say: Language,
) -> Table:
    """Those of the call-outs in ``months``, by call-out and time; the last one of each holds."""
    calls = {call.key: call for one in months for call in one.call_outs}
    ordered = sorted(corrections, key=lambda one: (one.call_out, one.at))
    lines = [_line(one, calls[one.call_out], staff, say) for one in ordered if one.call_out in calls]
    return table(say.text("Corrections"), lines)


def _line(one: Correction, call: CallOut, staff: Mapping[str, Staff], say: Language) -> dict[str, Cell]:
    verdicts = {
        Verdict.CONFIRM: say.text("the rule's time is right"),
        Verdict.CHANGE: say.text("changed"),
        Verdict.WITHDRAW: say.text("withdrawn"),
    }
    person = staff[call.person_id]
    return {
        **who(person, say),
        say.text("Key for corrections"): one.call_out,
        say.text("Correction"): verdicts[one.verdict],
        say.text("From"): _at(one.span.start if one.span else None, person),
        say.text("Until"): _at(one.span.end if one.span else None, person),
        say.text("By the rule from"): _at(call.told.start, person),
        say.text("By the rule until"): _at(call.by_rule.end, person),
        say.text("Said by"): one.by,
        say.text("Said at"): _at(one.at, person),
        say.text("Reason"): one.why,
    }


def _at(at: datetime | None, person: Staff) -> str:
    return "" if at is None else moment(at, person)

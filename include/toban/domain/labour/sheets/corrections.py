"""A line per correction: which call-out, who, when, why, and what it was before. Nothing is overwritten."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from toban.domain.labour.corrections import Correction, Verdict, began
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
    """Those of the call-outs in ``months``, by call-out and time; the last one of each holds.

    One whose call-out is none of the month any more, as when it became part of another, is shown as such.
    """
    by_person = {one.person_id: one for one in months}
    calls = {call.key: call for one in by_person.values() for call in one.call_outs}
    lines = []
    for one in sorted(corrections, key=lambda one: (one.call_out, one.at)):
        person_id, _, _ = one.call_out.rpartition(":")
        if one.call_out in calls or _falls_in(by_person.get(person_id), one, staff):
            lines.append(_line(one, calls.get(one.call_out), staff[person_id], say))
    return table(say.text("Corrections"), lines)


def _falls_in(month: PersonMonth | None, one: Correction, staff: Mapping[str, Staff]) -> bool:
    at = began(one.call_out)
    if month is None or at is None:
        return False
    return month.period.first <= at.astimezone(staff[month.person_id].zone).date() <= month.period.last


def _line(one: Correction, call: CallOut | None, person: Staff, say: Language) -> dict[str, Cell]:
    verdicts = {
        Verdict.CONFIRM: say.text("the rule's time is right"),
        Verdict.CHANGE: say.text("changed"),
        Verdict.WITHDRAW: say.text("withdrawn"),
    }
    return {
        **who(person, say),
        say.text("Key for corrections"): one.call_out,
        say.text("Correction"): verdicts[one.verdict]
        if call
        else say.text("without effect: no such call-out"),
        say.text("From"): _at(one.span.start if one.span else None, person),
        say.text("Until"): _at(one.span.end if one.span else None, person),
        say.text("By the rule from"): _at(call.told.start if call else began(one.call_out), person),
        say.text("By the rule until"): _at(call.by_rule.end if call else None, person),
        say.text("Said by"): one.by,
        say.text("Said at"): _at(one.at, person),
        say.text("Reason"): one.why,
    }


def _at(at: datetime | None, person: Staff) -> str:
    return "" if at is None else moment(at, person)

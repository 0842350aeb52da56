"""A team's month: everybody who stood by or was called, each by the rules of their own days."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby

from toban.domain.labour.callouts import call_outs
from toban.domain.labour.corrections import Correction, corrected
from toban.domain.labour.days import Calendar
from toban.domain.labour.month import Period, PersonMonth, person_month
from toban.domain.labour.nouns import CallOut, Deed
from toban.domain.labour.rules import CallOutRule
from toban.domain.labour.staff import Staff
from toban.domain.labour.standby import held
from toban.domain.shifts import Shift


def team_months(
    staff: Mapping[str, Staff],
    shifts: Iterable[Shift],
    deeds: Iterable[Deed],
    corrections: Iterable[Correction],
    calendar: Calendar,
    period: Period,
) -> tuple[PersonMonth, ...]:
    """By name; ``staff`` (by person id) holds everybody of the shifts and deeds, around the month too."""
    spans, called = held(shifts), called_by_person(staff, deeds, corrections, calendar)
    found = [
        person_month(
            person_id, period, calendar, one.zone, spans.get(person_id, []), called.get(person_id, [])
        )
        for person_id, one in sorted(staff.items(), key=lambda each: (each[1].name, each[0]))
    ]
    return tuple(month for month in found if month.standby.total or month.call_outs)


def called_by_person(
    staff: Mapping[str, Staff], deeds: Iterable[Deed], corrections: Iterable[Correction], calendar: Calendar
) -> Mapping[str, list[CallOut]]:
    """Each person's (by id) call-outs, in order, by the rules of their days."""

    def rule_at(person_id: str, at: datetime) -> CallOutRule:
        return calendar.rulebook.in_force(at.astimezone(staff[person_id].zone).date()).call_out

    found = corrected(call_outs(deeds, rule_at), corrections)  # by person
    return {person_id: list(run) for person_id, run in groupby(found, key=lambda one: one.person_id)}

"""Everybody's overtime of a labour month, out of attendance and the call-outs of the year before."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from toban.domain.labour.agreement import months_needed
from toban.domain.labour.attendance import Attended, Counted
from toban.domain.labour.days import Calendar
from toban.domain.labour.month import Period, PersonMonth
from toban.domain.labour.month_name import MonthName
from toban.domain.labour.nouns import CallOut
from toban.domain.labour.overtime_month import OvertimeMonth, overtime_month
from toban.domain.labour.staff import Staff
from toban.errors import SettingsError
from toban.settings import Team

Attendance = Mapping[str, Sequence[Attended]]


def overtime_since(team: Team, calendar: Calendar, period: Period) -> datetime:
    """From when on call-outs are needed: a month more than the limits look back, for its last week."""
    rule, closing = calendar.rulebook.in_force(period.last).agreement, team.labour.closing_day
    oldest = months_needed(rule, MonthName.holding(period.last, closing))[-1]
    return oldest.earlier(1).period(closing).window(team.zone).start


def overtime_months(
    team: Team,
    calendar: Calendar,
    months: Iterable[PersonMonth],
    staff: Mapping[str, Staff],
    attendance: Attendance,
    called: Mapping[str, Sequence[CallOut]],
) -> tuple[OvertimeMonth, ...]:
    """In the order of ``months``; raises SettingsError where it is not said what sums of days hold."""
    closing, held = team.labour.closing_day, team.labour.attendance.sums_hold_call_outs
    if held is None and _has_sums(attendance):
        raise SettingsError(
            f"teams.{team.id}.labour.attendance.sums_hold_call_outs: the attendance file has minutes without"
            " times of day; say whether they hold the call-outs (true) or not (false)."
        )
    return tuple(
        overtime_month(
            one.person_id,
            MonthName.holding(one.period.last, closing),
            calendar,
            staff[one.person_id].zone,
            attendance.get(one.person_id, ()),
            [call.span for call in called.get(one.person_id, ())],
            closing_day=closing,
            sums_hold_calls=bool(held),
        )
        for one in months
    )


def _has_sums(attendance: Attendance) -> bool:
    return any(isinstance(row, Counted) and row.time for rows in attendance.values() for row in rows)

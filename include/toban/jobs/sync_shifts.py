"""On-call shifts: what is planned and what was, read again once a day."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from toban.clients.pagerduty import PagerDuty
from toban.clients.pagerduty.on_calls import shifts
from toban.clients.pagerduty.windows import ON_CALLS, windows
from toban.clients.warehouse import Writer
from toban.domain.shift_changes import Duty, shift_changes
from toban.domain.shifts import Shift
from toban.domain.spans import Span
from toban.jobs.sync_state import SHIFTS, read_span, write_span

PAST = timedelta(days=14)  # overrides are often entered afterwards
AHEAD = timedelta(days=28)
LONGEST = timedelta(days=90)  # one question to /oncalls
STORED = """
    select escalation_policy_id, level, schedule_id, user_id, start_at, end_at from oncall_shifts
    where coalesce(start_at < $until, true) and coalesce(end_at > $since, true)
"""
REMOVE = """
    delete from oncall_shifts where escalation_policy_id = ? and level = ?
    and schedule_id is not distinct from ? and user_id = ? and start_at is not distinct from ?
"""


def stretches(known: Span | None, since: datetime, until: datetime, *, due: bool) -> list[Span]:
    """What to read: 14 days back to 28 ahead of ``until`` when due, and history that is not read yet."""
    around = Span(min(since, until - PAST) if known is None else until - PAST, until + AHEAD)
    if known is None:
        return [around]
    older = [Span(since, known.start)] if since < known.start else []
    stale = due or known.end < until + PAST
    return older + ([Span(min(around.start, known.end), around.end)] if stale else [])


def sync_shifts(pagerduty: PagerDuty, writer: Writer, since: datetime, until: datetime, *, due: bool) -> None:
    """Read and store the shifts of those stretches, each in one transaction with its bookkeeping."""
    for stretch in stretches(read_span(writer, SHIFTS), since, until, due=due):
        for window in _windows(stretch):
            shown = _shown(pagerduty, window)
            with writer.transaction():
                _store(writer, shown, window, until)
                known = read_span(writer, SHIFTS) or window
                joined = Span(min(known.start, window.start), max(known.end, window.end))
                write_span(writer, SHIFTS, joined)


def _shown(pagerduty: PagerDuty, stretch: Span) -> list[Duty]:
    """A shift that lies in two of PagerDuty's windows is shown in both, and is one."""
    pages = (page for window in windows(pagerduty, stretch, ON_CALLS) for page in window.pages)
    return [_duty(shift) for shift in shifts(oncall for page in pages for oncall in page)]


def _store(writer: Writer, shown: list[Duty], window: Span, now: datetime) -> None:
    rows = writer.rows(STORED, {"since": window.start, "until": window.end})
    found = shift_changes([Duty(*row.values()) for row in rows], shown, window, now)
    for duty in found.removed:
        writer.execute(REMOVE, duty.key)
    writer.merge("oncall_shifts", [_row(duty) for duty in found.written])


def _windows(stretch: Span) -> Iterator[Span]:
    """Newest first, so that a run that is cut off leaves no gap in what is remembered as read."""
    end = stretch.end
    while end > stretch.start:
        yield Span(max(end - LONGEST, stretch.start), end)
        end -= LONGEST


def _duty(shift: Shift) -> Duty:
    return Duty(shift.policy_id, shift.level, shift.schedule_id, shift.person.id, shift.start, shift.end)


def _row(duty: Duty) -> dict[str, Any]:
    names = ("escalation_policy_id", "level", "schedule_id", "user_id", "start_at", "end_at")
    return dict(zip(names, (*duty.key, duty.end), strict=True))

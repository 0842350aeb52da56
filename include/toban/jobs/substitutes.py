"""Finds out for whom somebody stands in: asks each schedule what it would be without its overrides."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from toban.clients.pagerduty import PagerDuty
from toban.domain.shifts import Shift
from toban.errors import PagerDutyRefused

A_MINUTE = timedelta(minutes=1)  # PagerDuty renders nothing for a window much shorter


def with_substitutes(pagerduty: PagerDuty, shifts: Iterable[Shift], now: datetime) -> tuple[Shift, ...]:
    """The shifts, those on duty now by an override with whom they stand in for, where that is certain."""
    known = tuple(shifts)
    asked = {shift.schedule_id for shift in known if shift.schedule_id and shift.span.holds(now)}
    replaced = {schedule_id: _replaced(pagerduty, schedule_id, now) for schedule_id in sorted(asked)}
    return tuple(
        replace(shift, stands_in_for=replaced[shift.schedule_id].get(shift.person.id))
        if shift.schedule_id in replaced and shift.span.holds(now)
        else shift
        for shift in known
    )


def _replaced(pagerduty: PagerDuty, schedule_id: str, now: datetime) -> dict[str, str]:
    """Person on duty by an override -> name of whoever would be; empty where several layers differ."""
    try:
        row = pagerduty.get(f"schedules/{schedule_id}", since=now, until=now + A_MINUTE)["schedule"]
    except PagerDutyRefused:
        return {}  # a schedule of the newer, shift-based kind does not answer here
    planned = {
        user["id"]: user.get("summary") or user["id"]
        for layer in row.get("schedule_layers") or ()
        for user in _users(layer)
    }
    if len(planned) != 1:
        return {}
    [(planned_id, name)] = planned.items()
    overriding = {user["id"] for user in _users(row.get("overrides_subschedule") or {})} - {planned_id}
    return dict.fromkeys(overriding, name)


def _users(part: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry["user"] for entry in part.get("rendered_schedule_entries") or ()]

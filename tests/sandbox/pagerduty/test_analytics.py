"""PagerDuty's figures, worked out from log entries after its own definitions."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from sandbox.pagerduty.account import (
    AIKO,
    BEN,
    CARLA,
    CHECKOUT,
    NOON,
    Clock,
    directory,
    pointer,
    small_world,
    triggered,
)
from toban.sandbox.pagerduty import World
from toban.sandbox.pagerduty.analytics.interruptions import hours
from toban.sandbox.pagerduty.analytics.metrics import metrics
from toban.sandbox.pagerduty.analytics.raw import raw_row
from toban.sandbox.pagerduty.wire import wire

SERVICE = pointer("service", CHECKOUT, "Checkout")
PEOPLE = {key: pointer("user", key, key) for key in (AIKO, BEN, CARLA)}


def entry(kind: str, minute: float, who: str | None = None, **more: Any) -> dict[str, Any]:
    return {
        "id": f"R{kind}{minute}{who}{more.get('user', {}).get('id')}",
        "type": f"{kind}_log_entry",
        "created_at": wire(NOON + timedelta(minutes=minute)),
        "agent": PEOPLE[who] if who else SERVICE,
        "channel": {"type": "website" if who else "auto"},
        **more,
    }


def rung(minute: float, who: str, means: str) -> dict[str, Any]:
    notification = {"type": means, "address": "x", "status": "success"}
    return entry(
        "notify", minute, user=PEOPLE[who], channel={"type": "auto", "notification": notification}
    ) | {"id": f"R{minute}{who}{means}"}


def row(*entries: dict[str, Any], status: str = "resolved", **fields: Any) -> dict[str, Any]:
    incident = {
        "id": "Q1",
        "incident_number": 1,
        "title": "Payments fail",
        "status": status,
        "created_at": wire(NOON),
        "service": SERVICE,
        "escalation_policy": pointer("escalation_policy", "EPAYMENTS", "Payments"),
        "teams": [pointer("team", "TPAYMENTS", "Payments")],
        **fields,
    }
    item = {"incident": incident, "log_entries": [entry("trigger", 0), *entries]}
    world = World.from_history(directory(), [item], now=Clock(NOON + timedelta(days=1)))
    return raw_row(world, next(iter(world.incidents)))


def test_a_resolve_does_not_count_as_an_acknowledgement() -> None:
    shown = row(entry("resolve", 5, AIKO))
    assert shown["seconds_to_first_ack"] is None
    assert (shown["acknowledgement_count"], shown["seconds_to_resolve"]) == (0, 300)
    assert (shown["resolved_by_user_id"], shown["auto_resolved"]) == (AIKO, False)


def test_the_first_acknowledgement_stands_after_it_lapsed() -> None:
    shown = row(
        entry("acknowledge", 2, AIKO),
        entry("unacknowledge", 32),
        entry("acknowledge", 40, BEN),
        entry("resolve", 50, BEN),
    )
    assert shown["seconds_to_first_ack"] == 120
    assert (shown["seconds_to_engage"], shown["seconds_to_mobilize"]) == (38 * 60, 40 * 60)
    assert shown["engaged_seconds"] == (48 + 10) * 60
    assert shown["acknowledged_user_ids"] == [AIKO, BEN]


def test_one_person_neither_engages_nor_mobilizes() -> None:
    shown = row(entry("acknowledge", 2, AIKO), entry("resolve", 5, AIKO))
    assert (shown["seconds_to_engage"], shown["seconds_to_mobilize"]) == (None, None)


def test_what_a_service_resolved_was_resolved_by_itself() -> None:
    shown = row(entry("resolve", 5))
    assert (shown["auto_resolved"], shown["resolved_by_user_id"]) == (True, None)


def test_an_open_incident_has_no_time_to_resolve() -> None:
    shown = row(entry("resolve", 5, AIKO), entry("reopen", 6, AIKO), status="triggered")
    assert (shown["seconds_to_resolve"], shown["resolved_at"], shown["engaged_seconds"]) == (None, None, None)


def test_an_escalation_to_two_people_is_one_escalation() -> None:
    raised = [entry("escalate", 10, assignees=[PEOPLE[key]]) | {"id": f"R{key}"} for key in (BEN, CARLA)]
    shown = row(*raised, entry("escalate", 30, AIKO, assignees=[PEOPLE[AIKO]]))
    assert (
        shown["timeout_escalation_count"],
        shown["manual_escalation_count"],
        shown["escalation_count"],
    ) == (1, 1, 2)
    assert shown["assignment_count"] == 3


def test_only_what_people_hand_on_is_a_reassignment() -> None:
    first = entry("assign", 0, assignees=[PEOPLE[AIKO]])
    assert row(first, entry("assign", 3, AIKO, assignees=[PEOPLE[BEN]]))["reassignment_count"] == 1
    assert row(first)["reassignment_count"] == 0


def test_a_snooze_counts_until_it_is_over_or_cut_short() -> None:
    def snooze(minute: float) -> dict[str, Any]:
        return entry("snooze", minute, AIKO, channel={"type": "website", "duration": 3600})

    assert row(snooze(5), entry("resolve", 180, AIKO))["snoozed_seconds"] == 3600
    assert row(snooze(5), entry("resolve", 15, AIKO))["snoozed_seconds"] == 600
    assert row(snooze(5), snooze(35), entry("resolve", 180, AIKO))["snoozed_seconds"] == 30 * 60 + 3600


def test_notifications_within_a_minute_disturb_once_and_mail_never() -> None:
    shown = row(
        rung(0, AIKO, "push_notification"),
        rung(0.5, AIKO, "sms_notification"),
        rung(1.4, AIKO, "phone_notification"),
        rung(5, AIKO, "phone_notification"),
        rung(9, AIKO, "email_notification"),
        rung(0.5, BEN, "push_notification"),
    )
    assert (shown["total_notifications"], shown["total_interruptions"]) == (6, 3)
    # Noon in UTC is 21:00 in Tokyo and noon in London.
    assert (shown["off_hour_interruptions"], shown["business_hour_interruptions"]) == (2, 1)


@pytest.mark.parametrize(
    ("local", "kind"),
    [
        ("2026-03-04T07:59", "sleep"),
        ("2026-03-04T08:00", "business"),
        ("2026-03-04T17:59", "business"),
        ("2026-03-04T18:00", "off"),
        ("2026-03-04T22:00", "sleep"),
        ("2026-03-07T12:00", "off"),
        ("2026-03-07T23:00", "sleep"),
    ],
)
def test_hours_are_business_off_or_sleep(local: str, kind: str) -> None:
    assert hours(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Asia/Tokyo"))) == kind


def test_means_leave_out_what_has_no_value() -> None:
    acknowledged = row(entry("acknowledge", 2, AIKO), entry("resolve", 10, AIKO))
    only_resolved = row(entry("resolve", 30, AIKO))
    unheard = row(status="triggered")
    (shown,) = metrics([acknowledged, only_resolved, unheard], None, ZoneInfo("Asia/Tokyo"))
    assert (shown["total_incident_count"], shown["total_incidents_acknowledged"]) == (3, 1)
    assert shown["mean_seconds_to_first_ack"] == 120
    assert (
        shown["mean_seconds_to_resolve"],
        shown["p50_seconds_to_resolve"],
        shown["p90_seconds_to_resolve"],
    ) == (1200, 1200, 1680)


def test_buckets_are_days_of_the_time_zone() -> None:
    late = row(created_at="2026-03-04T16:00:00Z")
    early = row(created_at="2026-03-04T14:00:00Z")
    shown = metrics([late, early], "day", ZoneInfo("Asia/Tokyo"))
    assert [one["range_start"] for one in shown] == ["2026-03-04T00:00:00", "2026-03-05T00:00:00"]


def test_raw_incidents_come_in_pages_behind_a_cursor(api: httpx.Client, world: World, clock: Clock) -> None:
    for number in range(5):
        triggered(world, title=str(number))
        clock.pass_by(minutes=1)
    body: dict[str, Any] = {"limit": 2, "order": "asc", "filters": {"service_ids": [CHECKOUT]}}
    titles, more = [], True
    while more:
        page = api.post("/analytics/raw/incidents", json=body).json()
        titles += [one["description"] for one in page["data"]]
        body["starting_after"], more = page["last"], page["more"]
    assert titles == list("01234")


def test_the_range_of_creation_excludes_its_end(api: httpx.Client, world: World, clock: Clock) -> None:
    triggered(world, title="inside")
    clock.pass_by(hours=1)
    triggered(world, title="at the end")
    filters = {"created_at_start": wire(NOON), "created_at_end": wire(clock())}
    page = api.post("/analytics/raw/incidents", json={"filters": filters}).json()
    assert [one["description"] for one in page["data"]] == ["inside"]
    total = api.post("/analytics/metrics/incidents/all", json={"filters": filters}).json()["data"][0]
    assert total["total_incident_count"] == 1


def test_major_incidents_are_those_of_the_two_highest_priorities() -> None:
    world = small_world()
    grades = [
        triggered(world, title=key, priority=world.directory.find("priorities", key))
        for key in ("PRIO2", "PRIO3")
    ]
    assert [raw_row(world, one)["major"] for one in grades] == [True, False]

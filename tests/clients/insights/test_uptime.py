"""Uptime is the time without an open high-urgency incident: equal to looking at every minute."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from toban.clients.insights.uptime import Uptime, read_uptime
from toban.clients.warehouse import Choice, Warehouse

START = datetime(2026, 3, 2, tzinfo=UTC)
NOW = START + timedelta(days=9, hours=7)
COVERED = START - timedelta(days=4)
MINUTE = timedelta(minutes=1)
Row = dict[str, Any]


def incident(id_: str, service: str | None, begun: datetime, ended: datetime | None, **more: Any) -> Row:
    status = "triggered" if ended is None else "resolved"
    row = {"id": id_, "service_id": service, "created_at": begun, "resolved_at": ended, "status": status}
    return row | {"urgency": "high", "updated_at": ended or begun} | more


def published(directory: Path, incidents: Sequence[Row]) -> Warehouse:
    warehouse = Warehouse(directory)
    with warehouse.write() as writer:
        writer.merge("incidents", incidents)
        writer.set_state("covered_since", COVERED.isoformat())
        writer.set_state("synced_until", NOW.isoformat())
        writer.rebuild_models()
        writer.publish()
    return warehouse


def hours(n: float) -> datetime:
    return START + timedelta(hours=n)


def one_day(directory: Path, incidents: Sequence[Row], **choice: Any) -> Uptime | None:
    with published(directory, incidents).read() as snapshot:
        return read_uptime(snapshot, Choice(date(2026, 3, 2), date(2026, 3, 2), **choice))


SHARES = {
    "one of six hours": ([(3, 9)], 18 / 24),
    "overlapping ones count once": ([(3, 9), (6, 12)], 15 / 24),
    "one within another adds nothing": ([(3, 9), (4, 5), (8, 10)], 17 / 24),
    "the same moment twice": ([(3, 9), (3, 9)], 18 / 24),
    "one after another without a gap": ([(3, 9), (9, 12)], 15 / 24),
    "an open one lasts until the end": ([(18, None)], 18 / 24),
    "what lies outside is cut off": ([(-30, 6), (22, 30)], 16 / 24),
    "before and after the day is nothing": ([(-30, 0), (24, 30)], 1.0),
    "open all the time": ([(-99, None)], 0.0),
}


@pytest.mark.parametrize("case", SHARES)
def test_the_share_of_a_day(tmp_path: Path, case: str) -> None:
    spans, share = SHARES[case]
    incidents = [
        incident(f"Q{n}", "S1", hours(start), None if end is None else hours(end))
        for n, (start, end) in enumerate(spans)
    ]
    found = one_day(tmp_path, incidents)
    assert found is not None
    assert found.share == pytest.approx(share, abs=1e-12)
    assert found.of("S1") == pytest.approx(share, abs=1e-12)
    assert found.open_s == pytest.approx((1 - share) * 86_400, abs=1e-6)


def test_low_urgency_and_no_service_open_nothing_and_services_are_averaged(tmp_path: Path) -> None:
    incidents = [
        incident("Q1", "S1", hours(0), hours(12)),
        incident("Q2", "S2", hours(0), hours(24), urgency="low"),
        incident("Q3", None, hours(0), hours(24)),
        incident("Q4", "S3", hours(-60), hours(-59)),
    ]
    found = one_day(tmp_path, incidents)
    assert found is not None
    assert (found.services, found.incidents) == (3, 1)
    assert found.share == pytest.approx(1 - 0.5 / 3)
    assert [found.of(id_) for id_ in ("S1", "S2", "S3")] == [0.5, 1.0, 1.0]


def test_filters_choose_the_services_and_their_incidents(tmp_path: Path) -> None:
    incidents = [
        incident("Q1", "S1", hours(0), hours(12)),
        incident("Q2", "S2", hours(0), hours(6), merged_into="Q1"),
    ]
    only = one_day(tmp_path, incidents, only={"service_id": ["S2"]})
    assert only is not None
    assert (only.share, only.services) == (0.75, 1)
    assert one_day(tmp_path, incidents, only={"service_id": ["S9"]}) is None
    assert one_day(tmp_path, incidents, only={"urgency": ["low"]}) is None
    kept = one_day(tmp_path, incidents, only={"service_id": ["S1", "S2"]}, include_merged=False)
    assert kept is not None
    assert (kept.share, kept.services) == (0.5, 1)


def test_a_day_to_come_has_no_uptime_and_one_under_way_ends_with_the_data(tmp_path: Path) -> None:
    warehouse = published(
        tmp_path, [incident("Q1", "S1", NOW - timedelta(hours=7), NOW - timedelta(hours=3.5))]
    )
    with warehouse.read() as snapshot:
        assert read_uptime(snapshot, Choice(date(2026, 3, 12), date(2026, 3, 13))) is None
        today = read_uptime(snapshot, Choice(date(2026, 3, 11), date(2026, 3, 11)))
        early = read_uptime(snapshot, Choice(date(2026, 2, 20), date(2026, 2, 25)))
    assert today is not None
    assert today.share == 0.5
    assert early is None


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("zone", ["Asia/Kolkata", "America/New_York"])
def test_every_minute_is_counted_once(tmp_path: Path, seed: int, zone: str) -> None:
    """New York's clocks go forward on 8 March, so that one of the days has 23 hours."""
    dice = random.Random(seed)
    incidents = [_any_incident(dice, n) for n in range(120)]
    choice = Choice(date(2026, 3, 3), date(2026, 3, 10), zone)
    days = [date(2026, 3, 2), date(2026, 3, 7), date(2026, 3, 9)]  # the first bucket began before the period
    with published(tmp_path, incidents).read() as snapshot:
        found = read_uptime(snapshot, choice, days)
    edges = [datetime(2026, 3, day, tzinfo=ZoneInfo(zone)).astimezone(UTC) for day in (3, 7, 9, 11)]
    services = sorted({row["service_id"] for row in incidents})
    assert found is not None
    for service in services:
        assert found.of(service) == pytest.approx(_looked_at(incidents, [service], edges[0], edges[-1]))
    assert found.share == pytest.approx(_looked_at(incidents, services, edges[0], edges[-1]))
    assert found.by_day == {
        day: pytest.approx(_looked_at(incidents, services, start, end))
        for day, start, end in zip(days, edges, edges[1:], strict=False)
    }


def _any_incident(dice: random.Random, n: int) -> Row:
    begun = START + dice.randrange(-2_000, 12_000) * MINUTE
    ended = None if dice.random() < 0.04 else begun + dice.randrange(0, 400) * MINUTE
    urgency = "high" if dice.random() < 0.7 else "low"
    return incident(f"Q{n}", f"S{dice.randrange(5)}", begun, ended, urgency=urgency)


def _looked_at(incidents: Sequence[Row], services: Sequence[str], start: datetime, end: datetime) -> float:
    """The share of minutes, minute by minute."""
    minutes = [start + n * MINUTE for n in range((end - start) // MINUTE)]
    high = [row for row in incidents if row["urgency"] == "high"]
    up = 0
    for service in services:
        own = [(row["created_at"], row["resolved_at"] or NOW) for row in high if row["service_id"] == service]
        up += sum(not any(begun <= minute < ended for begun, ended in own) for minute in minutes)
    return up / (len(services) * len(minutes))

"""How many requests a sync may cost, counted by the server."""

import json
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path

import pytest

from syncing import NOW, Account, account, rows, seeded
from toban.sandbox.pagerduty.http.rate_limit import PER_MINUTE
from toban.sandbox.pagerduty.life.actors import by_user
from toban.sandbox.pagerduty.life.statuses import reopen

pytestmark = pytest.mark.slow

DIRECTORY = ("users", "teams", "services", "escalation_policies", "schedules")


def daily(served: Account) -> int:
    """What directory and shifts may cost, once a day."""
    pages = sum(max(1, ceil(len(served.world.directory.all(kind)) / 100)) for kind in DIRECTORY)
    return pages + len(served.world.directory.all("schedules"))  # the overrides of each


def reopened(served: Account, count: int) -> None:
    """That many incidents are open again since long."""
    actor = by_user(served.world.directory.all("users")[0])
    with served.world.changing():
        for incident in list(served.world.incidents)[:count]:
            reopen(served.world, incident, "triggered", actor)


def test_a_first_sync_costs_a_request_for_a_hundred_entries(tmp_path: Path) -> None:
    with account(seeded(500)) as served:
        result = served.sync(tmp_path)
        calls = served.calls()
    shifts = rows(tmp_path, "select count(*) as n from oncall_shifts")[0]["n"]
    assert (result.incidents, result.log_entries) == (500, 3000)
    assert result.api_calls == sum(calls.values())
    assert calls["GET /oncalls"] <= ceil(shifts / 100)
    assert sum(calls.values()) - calls["GET /oncalls"] <= 3000 / 100 + 1 + 5 + daily(served)
    assert calls["GET /log_entries"] == 30


def test_a_first_sync_above_the_ceiling_costs_a_tenth_more_at_most(tmp_path: Path) -> None:
    with account(seeded(2500)) as served:
        result = served.sync(tmp_path)
        calls = served.calls()
    assert (result.incidents, result.log_entries) == (2500, 15_000)
    assert calls["GET /log_entries"] <= 150 * 1.1 + 5


@pytest.mark.parametrize("open_incidents", [0, 1, 250])
def test_an_idle_sync_costs_two_requests_and_the_pages_of_open_incidents(
    tmp_path: Path, open_incidents: int
) -> None:
    with account(seeded(300)) as served:
        reopened(served, open_incidents)
        served.clock.forward(hours=1)
        served.sync(tmp_path)
        served.clock.forward(minutes=5)
        served.calls()
        idle = served.sync(tmp_path)
        assert (idle.incidents, idle.log_entries) == (0, 0)
        assert sum(served.calls().values()) <= 2 + ceil(open_incidents / 100)


def one_changed_among(count: int, directory: Path) -> None:
    with account(seeded(count)) as served:
        served.sync(directory)
        served.calls()
        served.clock.forward(minutes=5)
        served.sync(directory)
        idle = sum(served.calls().values())
        served.clock.forward(minutes=5)
        changed = next(iter(served.world.incidents))
        served.person.post(f"incidents/{changed['id']}/notes", {"note": {"content": "seen again"}})
        served.calls()
        result = served.sync(directory)
        assert (result.incidents, result.log_entries) == (1, 1)
        assert sum(served.calls().values()) <= idle + 2


def test_one_changed_incident_costs_at_most_two_more_than_none(tmp_path: Path) -> None:
    one_changed_among(500, tmp_path)


@pytest.mark.soak
def test_one_changed_incident_among_20000_costs_at_most_two_more_than_none(tmp_path: Path) -> None:
    one_changed_among(20_000, tmp_path)


def test_the_directory_is_read_once_a_day(tmp_path: Path) -> None:
    with account(seeded(10)) as served:
        served.sync(tmp_path)
        served.calls()
        served.clock.forward(hours=23)
        served.sync(tmp_path)
        assert "GET /users" not in served.calls()
        served.clock.forward(hours=1)
        served.sync(tmp_path)
        assert {f"GET /{kind}" for kind in (*DIRECTORY, "oncalls")} <= served.calls().keys()


def test_the_same_command_again_reads_only_the_overlap(tmp_path: Path) -> None:
    with account(seeded(300)) as served:
        served.sync(tmp_path, since=NOW.replace(day=1), until=NOW)
        served.calls()
        served.sync(tmp_path, since=NOW.replace(day=1), until=NOW)
        assert sum(served.calls().values()) == 2


def test_a_run_remembers_what_remained_of_the_rate_limit(tmp_path: Path) -> None:
    with account(seeded(100), requests_per_minute=PER_MINUTE) as served:
        served.sync(tmp_path)
    (row,) = rows(tmp_path, "select value from sync_state where name = 'rate_limit'")
    told = json.loads(row["value"])
    assert told["limit"] == PER_MINUTE
    assert 0 < told["remaining"] < PER_MINUTE
    assert abs(datetime.now(UTC) - datetime.fromisoformat(told["at"])) < timedelta(minutes=5)

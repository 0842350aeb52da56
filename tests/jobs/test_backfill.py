"""A longer history: complete when it joins what was there, continued where it stopped."""

from datetime import timedelta
from pathlib import Path

import pytest

from syncing import NOW, account, contents, rows, seeded
from toban.clients.warehouse import Warehouse
from toban.errors import PagerDutyUnavailable, UsageError
from toban.jobs.backfill import Advance, backfill

pytestmark = pytest.mark.slow

LONG = 200
BEGIN = NOW - timedelta(days=LONG + 1)


def complete(directory: Path) -> int:
    return int(rows(directory, "select count(*) as n from incident_facts where history_complete")[0]["n"])


def test_a_backfill_completes_what_the_first_sync_left_out(tmp_path: Path) -> None:
    with account(seeded(400, days=LONG)) as served:
        served.sync(tmp_path, since=NOW - timedelta(days=20))
        assert complete(tmp_path) < 50
        result = backfill(served.pagerduty(), Warehouse(tmp_path), NOW, BEGIN)
        assert complete(tmp_path) == 400
        assert result.log_entries > 2000
        served.calls()
        again = backfill(served.pagerduty(), Warehouse(tmp_path), NOW, BEGIN)
        assert (again.log_entries, served.calls()) == (0, {})


def test_months_come_oldest_first_with_an_estimate(tmp_path: Path) -> None:
    told: list[Advance] = []
    with account(seeded(100, days=LONG)) as served:
        backfill(served.pagerduty(), Warehouse(tmp_path), NOW, BEGIN, on_progress=told.append)
    assert [step.until for step in told] == sorted(step.until for step in told)
    assert len(told) == 7
    assert {step.estimate.log_entries for step in told} == {600}
    assert told[0].estimate.api_calls == 6
    assert told[-1].log_entries == 600


@pytest.mark.soak
def test_a_backfill_that_was_cut_off_does_not_read_a_month_twice(tmp_path: Path) -> None:
    with account(seeded(200, days=LONG)) as served:
        backfill(served.pagerduty(), Warehouse(tmp_path / "undisturbed"), NOW, BEGIN)
        stops: list[Advance] = []

        def stop(step: Advance) -> None:
            stops.append(step)
            if len(stops) == 3:
                served.fault("500", times=8)

        with pytest.raises(PagerDutyUnavailable):
            backfill(served.pagerduty(), Warehouse(tmp_path / "cut"), NOW, BEGIN, on_progress=stop)
        resumed: list[Advance] = []
        backfill(served.pagerduty(), Warehouse(tmp_path / "cut"), NOW, BEGIN, on_progress=resumed.append)
    assert resumed[0].until > stops[-1].until
    assert contents(tmp_path / "cut") == contents(tmp_path / "undisturbed")


def test_a_sync_comes_through_while_a_backfill_runs(tmp_path: Path) -> None:
    with account(seeded(100, days=LONG)) as served:
        served.sync(tmp_path, since=NOW - timedelta(days=2))
        synced = []

        def sync(_: Advance) -> None:
            served.clock.forward(minutes=5)
            synced.append(served.sync(tmp_path, since=None, wait_s=0))

        backfill(served.pagerduty(), Warehouse(tmp_path), NOW, BEGIN, on_progress=sync)
    assert len(synced) > 5
    assert complete(tmp_path) == 100


def test_a_backfill_into_the_future_is_refused(tmp_path: Path) -> None:
    with account(seeded(1)) as served, pytest.raises(UsageError, match="lies ahead"):
        backfill(served.pagerduty(), Warehouse(tmp_path), NOW, NOW + timedelta(days=1))

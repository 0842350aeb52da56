from datetime import datetime, timedelta

import pytest

from report_samples import MONDAY, NOW, TOKYO
from report_warehouse import EARLIEST, PER_WEEK, fill, settings
from toban.clients.report_data import read_people, read_report
from toban.clients.warehouse import Warehouse, metrics
from toban.domain.claims import Claims
from toban.domain.report.change import Direction, verdict
from toban.domain.report.scope import Scope
from toban.jobs.weekly_report import scope_of

EVERYTHING = Scope("all", "Asia/Tokyo", 300)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    made = Warehouse(tmp_path_factory.mktemp("warehouse"))
    with made.write() as writer:
        fill(writer)
    return made


@pytest.fixture(scope="module")
def snapshot(warehouse):
    with warehouse.read() as opened:
        yield opened


def as_report(row):
    return tuple(row[name] for name in ("incidents", "acknowledged", "resolved")) + tuple(
        row[f"{figure}_{measure}_s"] for figure in ("mtta", "mttr") for measure in ("mean", "p50", "p90")
    )


def as_metrics(week):
    one, other = week.acknowledge, week.resolve
    return (
        week.incidents,
        one.n,
        other.n,
        one.mean_s,
        one.median_s,
        one.p90_s,
        other.mean_s,
        other.median_s,
        other.p90_s,
    )


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York", "Pacific/Apia", "Europe/Berlin"])
@pytest.mark.parametrize("start", ["monday", "sunday"])
@pytest.mark.parametrize("services", [("S1",), ("S2", "S3"), None], ids=str)
def test_the_report_shows_the_numbers_of_toban_metrics(snapshot, zone, start, services):
    scope = Scope("one", zone, 300, start, claims=Claims(services=services) if services else None)
    weeks = read_report(snapshot, scope, MONDAY).weeks
    expected = metrics(
        snapshot,
        ["week"],
        start,
        since=weeks[0].start,
        until=weeks[-1].start + timedelta(days=6),
        time_zone=zone,
        only={"service_id": services} if services else {},
    )
    assert {week.start: as_metrics(week) for week in weeks if week.incidents} == {
        row["bucket"]: as_report(row) for row in expected
    }


def test_the_listed_incidents_are_the_counted_ones(snapshot):
    report = read_report(snapshot, EVERYTHING, MONDAY)
    assert len(report.incidents) == report.week.incidents == PER_WEEK
    assert sum(each.incidents for each in report.services) == PER_WEEK
    assert sum(each.slow for each in report.services) == len(report.slow)


def test_an_incident_is_the_teams_by_service_then_by_policy_unless_another_team_claims_the_service(snapshot):
    every = settings()
    pay, web = (read_report(snapshot, scope_of(team, every), MONDAY) for team in every.teams)
    assert {each.service for each in pay.incidents} == {"service 1", "service 3"}
    assert {each.service for each in web.incidents} == {"service 2"}


def test_no_incident_is_reported_twice_or_lost_between_teams(snapshot):
    every = settings()
    reported = [
        each.id
        for team in every.teams
        for each in read_report(snapshot, scope_of(team, every), MONDAY).incidents
    ]
    assert sorted(reported) == sorted(each.id for each in read_report(snapshot, EVERYTHING, MONDAY).incidents)


def test_the_usual_of_a_service_is_its_mean_over_the_weeks_compared_with(snapshot):
    found = {each.name: each.usual_incidents for each in read_report(snapshot, EVERYTHING, MONDAY).services}
    assert found == {"service 1": 5, "service 2": 5, "service 3": 4}


def test_weeks_before_the_history_is_complete_are_not_compared_with(tmp_path):
    made = Warehouse(tmp_path)
    with made.write() as writer:
        fill(writer, covered_since=EARLIEST + timedelta(weeks=8, hours=5))
    with made.read() as snapshot:
        report = read_report(snapshot, EVERYTHING, MONDAY)
        early = read_report(snapshot, EVERYTHING, MONDAY - timedelta(weeks=3))
    assert [week.start for week in report.comparison] == [
        MONDAY - timedelta(weeks=2),
        MONDAY - timedelta(weeks=1),
    ]
    assert early.left_out.incomplete == 1
    assert early.week.incidents == len(early.incidents) == PER_WEEK - 1
    assert verdict(early).direction is Direction.INCOMPLETE


def test_a_week_the_sync_has_not_reached_is_incomplete(tmp_path):
    made = Warehouse(tmp_path)
    with made.write() as writer:
        fill(writer, synced_until=datetime.combine(MONDAY + timedelta(days=5), datetime.min.time(), TOKYO))
    with made.read() as snapshot:
        assert verdict(read_report(snapshot, EVERYTHING, MONDAY)).direction is Direction.INCOMPLETE


def test_the_longest_incidents_carry_their_notes(snapshot):
    noted = [each.number for each in read_report(snapshot, EVERYTHING, MONDAY).incidents if each.notes]
    assert noted == [1109, 1110, 1111, 1112, 1113]


def test_freshness_says_how_far_and_at_what_cost(snapshot):
    data = read_report(snapshot, EVERYTHING, MONDAY).freshness
    assert (data.synced_until, data.stored, data.remote, data.api_calls) == (NOW, 168, 170, 42)


def test_calls_are_counted_by_the_called_persons_clock(warehouse, snapshot):
    calls = read_report(snapshot, EVERYTHING, MONDAY).calls
    with warehouse.read(restricted=True) as restricted:
        (aiko,) = read_people(restricted, EVERYTHING, MONDAY)
    assert (aiko.person, aiko.sleep, aiko.off_hours, aiko.business) == (
        "Aiko",
        calls.sleep,
        calls.off_hours,
        calls.business,
    )
    assert calls.sleep + calls.off_hours + calls.business == PER_WEEK
    assert aiko.nights == calls.nights


def test_data_is_fresh_when_the_sync_ran_and_found_nothing_new(tmp_path):
    made = Warehouse(tmp_path)
    with made.write() as writer:
        fill(writer, synced_until=NOW - timedelta(hours=5))
        writer.set_state("synced_until", NOW.isoformat())
        writer.publish()
    with made.read() as snapshot:
        assert read_report(snapshot, EVERYTHING, MONDAY).freshness.synced_until == NOW

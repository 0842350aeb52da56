"""The clock that costs an addition shows what DuckDB's own clock shows."""

from datetime import UTC, date, datetime, timedelta

import pytest

from toban.clients.warehouse import Choice, Warehouse, metrics, rows_of_chosen
from toban.clients.warehouse.clock import local_clock

# Half an hour of summer time, a day that there was not, summer time that ends in Ramadan, no whole hours.
ZONES = (
    "UTC", "Asia/Tokyo", "Europe/Berlin", "America/New_York", "America/St_Johns", "America/Sao_Paulo",
    "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Kiritimati",
)  # fmt: skip
FIRST, LAST = datetime(2005, 1, 1, 3, 7, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
MOMENTS = "select unnest(generate_series($first, $last, interval 37 minute)) as moment"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    warehouse = Warehouse(tmp_path_factory.mktemp("warehouse"))
    with warehouse.write() as writer:
        ends = (FIRST, LAST)
        writer.merge("incidents", [{"id": f"Q{n}", "created_at": end} for n, end in enumerate(ends)])
        writer.rebuild_models()
        writer.publish()
    with warehouse.read() as snapshot:
        yield snapshot


@pytest.mark.parametrize("zone", ZONES)
def test_it_shows_the_same_in_twenty_years_of_summer_times(snapshot, zone):
    clock = local_clock(snapshot, zone, None, None)
    (wrong,) = snapshot.rows(
        f"select count(*) as n from ({MOMENTS}) where {clock('moment')} <> moment at time zone $zone",
        {"first": FIRST, "last": LAST, "zone": zone},
    )
    assert wrong["n"] == 0


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("since", [date(2008, 3, 30), date(2011, 12, 28), date(2026, 10, 25)])
def test_cut_to_a_few_days_it_is_right_within_them_and_everything_else_stays_outside(snapshot, zone, since):
    until = since + timedelta(days=3)
    clock = local_clock(snapshot, zone, since, until)
    (wrong,) = snapshot.rows(
        f"""
        select count(*) as n
        from (select {clock("moment")} as shown, moment at time zone $zone as right_one from ({MOMENTS}))
        where (shown <> right_one and cast(right_one as date) between $since and $until)
           or (cast(shown as date) between $since and $until)
               <> (cast(right_one as date) between $since and $until)
        """,
        {"first": FIRST, "last": LAST, "zone": zone, "since": since, "until": until},
    )
    assert wrong["n"] == 0


def test_a_period_before_the_first_incident_and_one_after_the_last_have_none(snapshot):
    for since in (date(1, 1, 1), date(1990, 1, 1), date(2100, 1, 1)):
        (row,) = metrics(snapshot, by=(), since=since, until=since, time_zone="Europe/Berlin")
        assert row["incidents"] == 0


def test_an_empty_warehouse_has_a_clock_too(tmp_path):
    warehouse = Warehouse(tmp_path)
    with warehouse.write() as writer:
        writer.rebuild_models()
        writer.publish()
    with warehouse.read() as snapshot:
        assert metrics(snapshot, by=("day",), time_zone="Asia/Tokyo") == []


def test_an_interruption_that_began_before_the_days_is_not_counted_in_them(tmp_path):
    """Calls 50 s apart interrupt once, though they go on after midnight."""
    warehouse, midnight = Warehouse(tmp_path), datetime(2026, 3, 3, tzinfo=UTC)
    calls = [
        midnight - timedelta(seconds=75),
        midnight - timedelta(seconds=25),
        midnight + timedelta(hours=5),
    ]
    calls += [midnight + timedelta(seconds=25), midnight - timedelta(days=1, seconds=20)]
    with warehouse.write() as writer:
        for n, call in enumerate(calls):
            entry = {"id": f"R{n}", "incident_id": f"Q{n}", "type": "notify", "created_at": call}
            writer.merge("incidents", [{"id": f"Q{n}", "created_at": call}])
            writer.merge("log_entries", [entry | {"user_id": "U1", "notification_type": "push"}])
        writer.rebuild_models()
        writer.publish()
    with warehouse.read(restricted=True) as snapshot:
        found = {
            day: sum(row["interruptions"] for row in _people(snapshot, midnight.date() + timedelta(days=day)))
            for day in (-2, -1, 0)
        }
    assert found == {-2: 1, -1: 1, 0: 1}


def _people(snapshot, day):
    return rows_of_chosen(snapshot, Choice(since=day, until=day), "insights_people")

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from toban.clients.warehouse import Warehouse, left_out, metrics
from toban.errors import UsageError

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def incident(id_, created_at, acknowledged_s=None, resolved_s=None, **more):
    row = {
        "id": id_,
        "created_at": created_at,
        "updated_at": created_at,
        "status": "triggered",
        "urgency": "high",
    }
    if resolved_s is not None:
        row |= {"status": "resolved", "resolved_at": created_at + timedelta(seconds=resolved_s)}
    entry = {
        "id": f"R{id_}",
        "incident_id": id_,
        "type": "acknowledge",
        "agent_type": "user",
        "agent_id": "U1",
    }
    entry["created_at"] = created_at + timedelta(seconds=acknowledged_s or 0)
    return row | more, [entry] if acknowledged_s is not None else []


@pytest.fixture
def publish(tmp_path):
    """Publish incidents; opens the snapshot until the test is over."""
    opened = []

    def publish(*stories, **state):
        warehouse = Warehouse(tmp_path)
        with warehouse.write() as writer:
            writer.merge("incidents", [row for row, _ in stories])
            writer.merge("log_entries", [entry for _, entries in stories for entry in entries])
            for name, value in state.items():
                writer.set_state(name, value)
            writer.rebuild_models()
            writer.publish()
        reading = warehouse.read()
        opened.append(reading)
        return reading.__enter__()

    yield publish
    for reading in opened:
        reading.__exit__(None, None, None)


def buckets(rows):
    return [(row["bucket"].isoformat(), row["incidents"]) for row in rows]


def test_mean_median_and_percentiles_stand_beside_what_they_rest_on(publish):
    snapshot = publish(
        incident("Q1", NOON, 100, 1000), incident("Q2", NOON, 300), incident("Q3", NOON, None, 3000)
    )
    assert metrics(snapshot, by=("week",)) == [
        {
            "bucket": date(2026, 3, 2),
            "incidents": 3,
            "acknowledged": 2,
            "resolved": 2,
            "mtta_mean_s": 200.0,
            "mtta_p50_s": 200.0,
            "mtta_p90_s": pytest.approx(280.0),
            "mtta_p95_s": pytest.approx(290.0),
            "mttr_mean_s": 2000.0,
            "mttr_p50_s": 2000.0,
            "mttr_p90_s": pytest.approx(2800.0),
            "mttr_p95_s": pytest.approx(2900.0),
        }
    ]


def test_where_nothing_qualifies_the_measure_is_none(publish):
    (row,) = metrics(publish(incident("Q1", NOON)), by=())
    assert (row["incidents"], row["acknowledged"], row["mtta_mean_s"], row["mttr_p95_s"]) == (
        1,
        0,
        None,
        None,
    )


def test_an_empty_warehouse_has_no_buckets_and_a_total_of_nothing(publish):
    snapshot = publish()
    assert metrics(snapshot, by=("week",)) == []
    assert metrics(snapshot, by=())[0]["incidents"] == 0


def test_an_incident_belongs_to_the_local_day_it_began(publish):
    snapshot = publish(incident("Q1", datetime(2026, 3, 1, 15, tzinfo=UTC)))
    assert buckets(metrics(snapshot, by=("day",), time_zone="Asia/Tokyo")) == [("2026-03-02", 1)]
    assert buckets(metrics(snapshot, by=("day",), time_zone="UTC")) == [("2026-03-01", 1)]


@pytest.mark.parametrize(("week_start", "expected"), [("monday", "2026-02-23"), ("sunday", "2026-03-01")])
def test_a_sunday_ends_a_week_or_begins_one(publish, week_start, expected):
    snapshot = publish(incident("Q1", datetime(2026, 3, 1, 12, tzinfo=UTC)))
    assert buckets(metrics(snapshot, by=("week",), week_start=week_start)) == [(expected, 1)]


def test_the_day_the_clock_changes_has_25_hours_and_is_one_day(publish):
    first, last = datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)
    snapshot = publish(
        incident("Q1", first - timedelta(seconds=1)),
        incident("Q2", first),
        incident("Q3", last),
        incident("Q4", last + timedelta(seconds=1)),
    )
    rows = metrics(snapshot, by=("day",), time_zone="Europe/Berlin")
    assert buckets(rows) == [("2026-10-24", 1), ("2026-10-25", 2), ("2026-10-26", 1)]
    chosen = {"since": date(2026, 10, 25), "until": date(2026, 10, 25), "time_zone": "Europe/Berlin"}
    assert metrics(snapshot, by=(), **chosen)[0]["incidents"] == 2


def test_the_last_day_is_included_to_its_last_second_and_the_first_from_its_first(publish):
    snapshot = publish(
        incident("Q1", datetime(2026, 3, 1, 14, 59, 59, tzinfo=UTC)),
        incident("Q2", datetime(2026, 3, 1, 15, 0, 0, tzinfo=UTC)),
        incident("Q3", datetime(2026, 3, 3, 14, 59, 59, tzinfo=UTC)),
        incident("Q4", datetime(2026, 3, 3, 15, 0, 0, tzinfo=UTC)),
    )
    chosen = {"since": date(2026, 3, 2), "until": date(2026, 3, 3), "time_zone": "Asia/Tokyo"}
    assert buckets(metrics(snapshot, by=("day",), **chosen)) == [("2026-03-02", 1), ("2026-03-03", 1)]


@pytest.mark.parametrize("time_zone", ["Pacific/Kiritimati", "Pacific/Niue", "Asia/Kolkata", "America/Lima"])
def test_the_first_and_last_second_of_a_day_count_in_every_zone(publish, time_zone):
    day = date(2026, 3, 2)
    begin = datetime(2026, 3, 2, tzinfo=ZoneInfo(time_zone))
    end = datetime(2026, 3, 2, 23, 59, 59, tzinfo=ZoneInfo(time_zone))
    snapshot = publish(incident("Q1", begin), incident("Q2", end), incident("Q3", end + timedelta(seconds=1)))
    assert metrics(snapshot, by=(), since=day, until=day, time_zone=time_zone)[0]["incidents"] == 2


def test_groups_come_in_their_order_with_the_nameless_last(publish):
    snapshot = publish(
        incident("Q1", NOON, service_id="S2", priority_name="P1"),
        incident("Q2", NOON, service_id="S1"),
        incident("Q3", NOON, service_id="S1", priority_name="P2"),
    )
    rows = metrics(snapshot, by=("service", "priority"))
    assert [(row["service"], row["priority"]) for row in rows] == [("S1", "P2"), ("S1", None), ("S2", "P1")]


def test_every_group_can_be_asked_for_at_once(publish):
    by = ("month", "service", "team", "policy", "urgency", "priority", "status", "monitoring_tool")
    (row,) = metrics(publish(incident("Q1", NOON, team_ids=["T1"], escalation_policy_id="E1")), by=by)
    assert list(row)[:8] == ["bucket", *by[1:]]
    assert (row["team"], row["policy"], row["status"]) == ("T1", "E1", "triggered")


def test_only_what_is_wanted_is_counted(publish):
    snapshot = publish(
        incident("Q1", NOON, urgency="low", service_id="S1"),
        incident("Q2", NOON, service_id="S1"),
        incident("Q3", NOON, service_id="S2"),
    )
    wanted = {"urgency": ["high"], "service_id": ["S1", "S9"]}
    assert metrics(snapshot, by=(), only=wanted)[0]["incidents"] == 1
    assert left_out(snapshot, only=wanted)["unacknowledged"] == 1


def test_merged_incidents_count_unless_they_are_left_out(publish):
    snapshot = publish(incident("Q1", NOON, 10, 20, merged_into="Q2"), incident("Q2", NOON, 10, 20))
    assert metrics(snapshot, by=())[0]["incidents"] == 2
    assert metrics(snapshot, by=(), include_merged=False)[0]["incidents"] == 1


def test_what_is_left_out_is_counted_by_its_reason(publish):
    snapshot = publish(
        incident("Q1", NOON - timedelta(days=1), 10, 20),
        incident("Q2", NOON, 10, 20),
        incident("Q3", NOON, None, 20),
        incident("Q4", NOON, 10),
        incident("Q5", NOON, None, 20, merged_into="Q2"),
        covered_since=NOON.isoformat(),
    )
    assert metrics(snapshot, by=())[0]["incidents"] == 4
    everything = {"unacknowledged": 2, "unresolved": 1, "incomplete_history": 1, "merged": 0}
    assert left_out(snapshot) == everything
    assert left_out(snapshot, include_merged=False) == everything | {"unacknowledged": 1, "merged": 1}


@pytest.mark.parametrize(
    "by", [("year",), ("week", "day"), ("service", "service"), ("service; drop table x",)]
)
def test_what_cannot_be_grouped_by_is_refused(publish, by):
    with pytest.raises(UsageError):
        metrics(publish(), by=by)


def test_a_time_zone_that_does_not_exist_is_refused_by_name(publish):
    with pytest.raises(UsageError, match="Tokyo/Asia"):
        metrics(publish(), time_zone="Tokyo/Asia")


def test_a_value_that_looks_like_sql_is_only_a_value(publish):
    snapshot = publish(incident("Q1", NOON))
    assert metrics(snapshot, by=("week",), only={"service": ["'); drop table incidents; --"]}) == []

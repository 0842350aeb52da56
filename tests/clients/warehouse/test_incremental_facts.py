from datetime import UTC, datetime, time, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toban.clients.warehouse import Warehouse
from toban.settings import BusinessHours, ReportingSettings
from warehouse_data import fill_a_little

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TABLES = ("incident_facts", "incident_responders", "interruptions", "alert_templates")
EVERYTHING = (
    "incidents", "log_entries", "notes", "alerts", "users", "services", "teams", "sync_state",
    "incident_facts", "incident_responders", "interruptions", "alert_templates",
    "internal.changed_incidents", "internal.directory_used", "internal.models_used",
)  # fmt: skip

TYPES = [
    "trigger",
    "acknowledge",
    "resolve",
    "assign",
    "escalate",
    "delegate",
    "notify",
    "snooze",
    "annotate",
]

incident_ids = st.sampled_from(["Q1", "Q2", "Q3"])
people = st.sampled_from(["U1", "U2"])
moments = st.integers(0, 400).map(lambda tens: NOON + timedelta(seconds=10 * tens))
versions = count()


@st.composite
def incidents(draw):
    status = draw(st.sampled_from(["triggered", "acknowledged", "resolved"]))
    return "incidents", {
        "id": draw(incident_ids),
        "created_at": NOON,
        "updated_at": NOON + timedelta(seconds=next(versions)),
        "status": status,
        "urgency": "high",
        "resolved_at": draw(moments) if status == "resolved" else None,
        "service_id": draw(st.sampled_from(["S1", "S2"])),
        "team_ids": draw(st.sampled_from([[], ["T1"], ["T2", "T1"]])),
        "merged_into": draw(st.sampled_from([None, "Q9"])),
    }


@st.composite
def entries(draw):
    by_a_person = draw(st.booleans())
    return "log_entries", {
        "id": f"R{draw(st.integers(0, 12))}",
        "incident_id": draw(incident_ids),
        "type": draw(st.sampled_from(TYPES)),
        "created_at": draw(moments),
        "agent_type": "user" if by_a_person else "service",
        "agent_id": draw(people) if by_a_person else "S1",
        "assignee_ids": draw(st.lists(people, max_size=2)),
        "user_id": draw(people),
        "notification_type": draw(st.sampled_from(["push", "sms", "email"])),
        "snooze_s": draw(st.sampled_from([None, 60, 600])),
        "channel_client": draw(st.sampled_from([None, "Datadog"])),
    }


@st.composite
def directory(draw):
    table, id_ = draw(
        st.sampled_from([("users", "U1"), ("users", "U2"), ("services", "S1"), ("teams", "T1")])
    )
    row = {"id": id_, "name": draw(st.sampled_from(["old", "new"]))}
    if table == "users":
        row["time_zone"] = draw(st.sampled_from(["Asia/Tokyo", "America/Lima", None]))
    if table == "services":
        row["monitoring_tools"] = draw(st.sampled_from([[], ["Zabbix"], ["Zabbix", "Sentry"]]))
    return table, row


@st.composite
def notes(draw):
    return "notes", {"id": f"N{draw(st.integers(0, 3))}", "incident_id": draw(incident_ids)}


steps = st.lists(
    st.one_of(incidents(), entries(), entries(), entries(), directory(), notes(), st.none()), max_size=25
)


@pytest.fixture(scope="module")
def writer(tmp_path_factory):
    with Warehouse(tmp_path_factory.mktemp("warehouse")).write() as writer:
        yield writer


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
@pytest.mark.soak
def test_facts_kept_up_to_date_step_by_step_equal_facts_worked_out_at_once(writer, steps):
    empty(writer)
    for step in steps:
        if step is None:
            writer.rebuild_models()
        else:
            writer.merge(step[0], [step[1]])
    writer.rebuild_models()
    kept = facts(writer)
    writer.execute("delete from internal.models_used")
    writer.rebuild_models()
    assert facts(writer) == kept


def empty(writer):
    with writer.transaction():
        for table in EVERYTHING:
            writer.execute(f"delete from {table}")


def facts(writer):
    return {table: writer.rows(f"select * from {table} order by all") for table in TABLES}


@pytest.fixture
def filled(tmp_path):
    with Warehouse(tmp_path).write() as writer:
        fill_a_little(writer, 6)
        writer.rebuild_models()
        yield writer


def test_when_nothing_changed_nothing_is_worked_out(filled):
    assert filled.rebuild_models() == 0


def test_one_new_entry_has_one_incident_worked_out(filled):
    filled.merge("notes", [{"id": "N1", "incident_id": "Q3"}])
    assert filled.rebuild_models() == 1
    assert filled.rows("select note_count from incident_facts where incident_id = 'Q3'") == [
        {"note_count": 1}
    ]


def test_a_person_who_moves_has_their_interruptions_read_by_the_new_clock(filled):
    before = filled.rows("select * from interruptions where user_id = 'U3' order by all")
    filled.merge("users", [{"id": "U3", "time_zone": "Pacific/Auckland"}])
    touched = filled.rebuild_models()
    after = filled.rows("select * from interruptions where user_id = 'U3' order by all")
    assert 0 < touched < 6
    assert [row["local_started_at"] for row in after] == [
        row["local_started_at"] + timedelta(hours=13) for row in before
    ]


def test_a_renamed_service_is_renamed_in_the_facts(filled):
    filled.merge("services", [{"id": "S1", "name": "store"}])
    assert filled.rebuild_models() == 3
    assert filled.rows("select distinct service from incident_facts order by 1") == [
        {"service": "mail"},
        {"service": "store"},
    ]


def test_other_business_hours_have_everything_worked_out(filled):
    assert filled.rebuild_models(hours=BusinessHours(start=time(5))) == 6
    assert filled.rebuild_models(hours=BusinessHours(start=time(5))) == 0


def test_another_coverage_has_everything_worked_out(filled):
    filled.set_state("covered_since", NOON.isoformat())
    assert filled.rebuild_models() == 6


def test_another_first_day_of_the_week_remakes_the_views_and_no_facts(filled):
    assert filled.rebuild_models(reporting=ReportingSettings(week_start="sunday")) == 0
    weeks = filled.rows("select distinct week from service_weekly order by 1")
    assert [row["week"].isoformat() for row in weeks] == ["2026-03-01"]


def test_a_failing_rebuild_leaves_the_facts_as_they_were(filled):
    before = facts(filled)
    filled.merge("incidents", [{"id": "Q0", "title": "new", "updated_at": NOON + timedelta(days=9)}])
    filled.execute("alter table interruptions rename column hour_kind to kind")
    with pytest.raises(Exception, match="hour_kind"):
        filled.rebuild_models()
    filled.execute("alter table interruptions rename column kind to hour_kind")
    assert facts(filled) == before
    assert filled.rebuild_models() == 1

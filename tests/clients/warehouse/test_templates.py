from datetime import UTC, datetime, timedelta

import pytest

from toban.clients.warehouse import Warehouse
from toban.domain.triage import masks

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def writer(tmp_path):
    with Warehouse(tmp_path).write() as writer:
        yield writer


def incident(n, title, *, service="S1", minutes=0, **more):
    began = NOON + timedelta(hours=n)
    row = {"id": f"Q{n}", "title": title, "status": "resolved", "service_id": service, "created_at": began}
    return row | {"updated_at": began + timedelta(minutes=minutes), "resolved_at": began} | more


def counted(writer):
    writer.rebuild_models()
    return writer.rows(
        "select service_id, template, incidents, ended_by_themselves as alone, newest_title"
        " from alert_templates order by all"
    )


def test_incidents_are_counted_by_service_and_template(writer):
    writer.merge("incidents", [incident(1, "Disk of db-1 91%"), incident(2, "Disk of db-2 97%")])
    writer.merge("incidents", [incident(3, "Disk of db-3 9%", service="S2")])
    name = "Disk of <name> <n>%"
    assert counted(writer) == [
        {
            "service_id": "S1",
            "template": name,
            "incidents": 2,
            "alone": 2,
            "newest_title": "Disk of db-2 97%",
        },
        {"service_id": "S2", "template": name, "incidents": 1, "alone": 1, "newest_title": "Disk of db-3 9%"},
    ]
    (seen,) = writer.rows("select first_seen, last_seen from alert_templates where service_id = 'S1'")
    assert seen == {"first_seen": NOON + timedelta(hours=1), "last_seen": NOON + timedelta(hours=2)}


def test_an_incident_that_is_renamed_or_moved_is_counted_where_it_is_now(writer):
    writer.merge("incidents", [incident(1, "Disk of db-1"), incident(2, "Disk of db-2")])
    counted(writer)
    writer.merge("incidents", [incident(1, "Queue is long", minutes=1)])
    writer.merge("incidents", [incident(2, "Disk of db-2", service="S2", minutes=1)])
    assert [(row["service_id"], row["template"], row["incidents"]) for row in counted(writer)] == [
        ("S1", "Queue is long", 1),
        ("S2", "Disk of <name>", 1),
    ]


def test_whatever_somebody_did_is_no_ending_by_itself(writer):
    writer.merge("incidents", [incident(n, "Disk of db-1") for n in range(5)])
    by_a_person = {"agent_type": "user", "agent_id": "U1"}
    acts = [(1, "acknowledge"), (2, "escalate"), (3, "resolve")]
    writer.merge(
        "log_entries",
        [
            {"id": f"R{n}", "incident_id": f"Q{n}", "type": kind, "created_at": NOON} | by_a_person
            for n, kind in acts
        ],
    )
    writer.merge("notes", [{"id": "N1", "incident_id": "Q4", "content": "hm", "created_at": NOON}])
    assert [(row["incidents"], row["alone"]) for row in counted(writer)] == [(5, 1)]


def test_new_rules_make_all_templates_again(writer, monkeypatch):
    writer.merge("incidents", [incident(1, "Disk of db-1")])
    counted(writer)
    writer.execute("update incident_facts set template = 'old'")
    writer.execute("update alert_templates set template = 'old'")
    monkeypatch.setattr(masks, "VERSION", masks.VERSION + 1)
    assert [row["template"] for row in counted(writer)] == ["Disk of <name>"]


@pytest.mark.parametrize("title", [None, "", "\u202e", "a" * 1_000_000, "'; drop table incidents; --"])
def test_any_title_is_counted_once(writer, title):
    writer.merge("incidents", [incident(1, title), incident(2, title)])
    (row,) = counted(writer)
    assert row["incidents"] == 2

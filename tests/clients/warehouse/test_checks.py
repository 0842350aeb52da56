from datetime import timedelta

import pytest

from toban.clients.warehouse import Warehouse
from toban.clients.warehouse.texts import first_line, sql_files
from toban.errors import DataTestFailed, NoSnapshot
from warehouse_data import NOON, fill_a_little

CHECKS = dict(sql_files("checks"))
# For each rule, a statement that breaks it.
BREAKS = {
    "acknowledgements_follow_creation": "update incident_facts set acknowledged_at = created_at - to_days(1)",
    "alerts_are_unique": "insert into alerts (id, incident_id) values ('A1', 'Q1'), ('A1', 'Q1')",
    "entries_are_dated": "update log_entries set created_at = null",
    "entries_belong_to_an_incident": "insert into notes (id) values ('N1')",
    "escalation_policies_are_unique": "insert into escalation_policies select * from escalation_policies",
    "escalation_rules_are_unique": "insert into escalation_rules (target_id) values ('U1'), ('U1')",
    "incident_facts_are_complete": "delete from incident_facts where incident_id = 'Q1'",
    "incidents_are_unique": "insert into incidents select * from incidents",
    "incidents_have_a_beginning": "update incidents set status = 'closed' where id = 'Q1'",
    "incidents_of_entries_are_known": "insert into notes (id, incident_id) values ('N1', 'Q999')",
    "interruptions_add_up": "update incident_facts set interruptions = 99",
    "log_entries_are_unique": "insert into log_entries select * from log_entries",
    "notes_are_unique": "insert into notes (id, incident_id) values ('N1', 'Q1'), ('N1', 'Q1')",
    "oncall_shifts_are_unique": "insert into oncall_shifts (user_id, level) values ('U1', 1), ('U1', 1)",
    "resolutions_follow_creation": "update incident_facts set resolved_at = created_at - to_days(1)",
    "schedule_overrides_are_unique": "insert into schedule_overrides (id) values ('O1'), ('O1')",
    "schedules_are_unique": "insert into schedules (id) values ('C1'), ('C1')",
    "seconds_are_not_negative": "update incident_facts set snoozed_seconds = -1",
    "services_are_unique": "insert into services select * from services",
    "teams_are_unique": "insert into teams select * from teams",
    "users_are_unique": "insert into users select * from users",
}


@pytest.fixture(scope="module")
def writer(tmp_path_factory):
    with Warehouse(tmp_path_factory.mktemp("warehouse")).write() as writer:
        fill_a_little(writer, 5)
        writer.rebuild_models()
        yield writer


def test_sound_rows_pass_every_check(writer):
    assert writer.check() == len(CHECKS)


def test_every_check_is_shown_to_fail():
    assert BREAKS.keys() == CHECKS.keys()


@pytest.mark.parametrize("name", CHECKS)
def test_rows_that_break_a_rule_are_found(writer, name):
    writer.begin()
    try:
        writer.execute(BREAKS[name])
        assert writer.rows(CHECKS[name])
    finally:
        writer.rollback()


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_says_its_rule_in_its_first_line(name):
    assert first_line(CHECKS[name]).endswith(".")


def test_a_failed_check_is_named_with_its_rule_and_offenders(tmp_path):
    with Warehouse(tmp_path).write() as writer:
        backwards = {
            "status": "resolved",
            "urgency": "high",
            "created_at": NOON,
            "resolved_at": NOON - timedelta(1),
        }
        writer.merge("incidents", [{"id": f"Q{n}"} | backwards for n in range(5)])
        writer.rebuild_models()
        with pytest.raises(DataTestFailed) as failure:
            writer.check()
    assert "resolutions_follow_creation" in str(failure.value)
    assert str(failure.value).count("Q") == 3
    assert "No incident is resolved before it began" in str(failure.value)
    with pytest.raises(NoSnapshot), Warehouse(tmp_path).read():
        pass

import re

import pytest

from toban.clients.warehouse import Warehouse
from toban.clients.warehouse.texts import first_line, sql_files
from warehouse_data import fill_a_little

# What a row of each model is one of: the columns that name it.
GRAINS = {
    "incident_facts": ["incident_id"],
    "incident_responders": ["incident_id", "user_id"],
    "interruptions": ["incident_id", "user_id", "started_at"],
    "alert_templates": ["service_id", "template"],
    "reported_incidents": ["incident_id"],
    "acknowledgement_waits": ["incident_id"],
    "service_weekly": ["week", "service_id"],
    "service_monthly": ["month", "service_id"],
    "team_weekly": ["week", "team_id"],
    "team_monthly": ["month", "team_id"],
    "policy_weekly": ["week", "escalation_policy_id"],
    "policy_monthly": ["month", "escalation_policy_id"],
    "triage_weekly": ["week"],
    "person_deeds": ["user_id", "incident_id", "moment", "acted"],
    "person_interruptions": ["user_id", "started_at"],
    "responder_moments": ["user_id", "incident_id", "hour_kind", "acknowledged_at", "local_week"],
    "responder_weekly": ["week", "user_id"],
    "responder_monthly": ["month", "user_id"],
}
FOLDERS = ("models", "views", "views/restricted")
MODELS = {name: text for folder in FOLDERS for name, text in sql_files(folder)}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    warehouse = Warehouse(tmp_path_factory.mktemp("warehouse"))
    with warehouse.write() as writer:
        fill_a_little(writer)
        writer.merge("alert_readings", [{"incident_id": f"Q{n}", "runbook_id": "a"} for n in range(40)])
        writer.rebuild_models()
        writer.check()
        writer.publish()
    with warehouse.read(restricted=True) as snapshot:
        yield snapshot


@pytest.mark.parametrize("name", MODELS)
def test_a_model_says_what_its_rows_are_in_its_first_line(name):
    assert re.match(r"One row per .+[^.]\.$", first_line(MODELS[name]))


@pytest.mark.parametrize("name", GRAINS)
def test_a_models_rows_are_what_it_says(snapshot, name):
    key = ", ".join(GRAINS[name])
    (count,) = snapshot.rows(
        f"select count(*) as n, (select count(*) from (select distinct {key} from {name})) as k from {name}"
    )
    assert count["n"] == count["k"] > 0


def test_every_model_has_its_grain_tested():
    assert GRAINS.keys() == MODELS.keys() - {"incident_story"}


def test_every_table_and_every_column_of_a_snapshot_explains_itself(snapshot):
    silent = snapshot.rows(
        """
        select table_name, column_name from duckdb_columns() where not internal and comment is null
        union all
        select table_name, null from duckdb_tables() where comment is null
        union all
        select view_name, null from duckdb_views() where not internal and comment is null
        """
    )
    assert silent == []

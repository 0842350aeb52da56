"""Templates in the warehouse: each incident's own, and how often each came in a service."""

import duckdb

from toban.clients.warehouse.texts import filled, sql_text
from toban.domain.triage import masks

MODEL = "models/alert_templates.sql"
TOUCHED = """
    select distinct facts.service_id, facts.template
    from incident_facts as facts
    semi join internal.changed_incidents as changed on changed.incident_id = facts.incident_id
"""
FORGET = """
    delete from alert_templates using touched_templates as touched
    where touched.service_id is not distinct from alert_templates.service_id
    and touched.template is not distinct from alert_templates.template
"""


def rules() -> list[str]:
    """What the templates are made by: where it changes, they are made again."""
    return [str(masks.VERSION), filled(sql_text(MODEL))]


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Before facts are worked out: remember what may lose an incident."""
    connection.execute(f"create or replace temp table touched_templates as {TOUCHED}")


def count_again(connection: duckdb.DuckDBPyConnection) -> None:
    """After facts were worked out: count what lost or won an incident."""
    connection.execute(f"insert into touched_templates ({TOUCHED} except from touched_templates)")
    connection.execute(FORGET)
    connection.execute(f"insert into alert_templates by name {filled(sql_text(MODEL))}")

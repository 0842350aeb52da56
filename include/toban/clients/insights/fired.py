"""The alerts among chosen incidents, by template, as coverage by runbooks is measured."""

from toban.clients.runbook_fired import fired_of
from toban.clients.warehouse import Choice, Snapshot
from toban.clients.warehouse.texts import filled, sql_text
from toban.domain.runbooks.coverage import Fired


def read_chosen_alerts(snapshot: Snapshot, choice: Choice) -> list[Fired]:
    """Each template of each service and tool, the most frequent first; raises WarehouseError."""
    text = filled(filled(sql_text("queries/insights_fired.sql")), only=choice.condition())
    values = choice.values()
    del values["include_merged"]  # what became part of another incident is no alert of its own
    return fired_of(snapshot.rows(text, values))

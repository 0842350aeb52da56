"""The alerts among chosen incidents, by template, as coverage by runbooks is measured."""

from toban.clients.runbook_fired import fired_of
from toban.clients.warehouse import Choice, Snapshot, rows_of_chosen
from toban.domain.runbooks.coverage import Fired


def read_chosen_alerts(snapshot: Snapshot, choice: Choice) -> list[Fired]:
    """Each template of each service and tool, the most frequent first; raises WarehouseError."""
    return fired_of(rows_of_chosen(snapshot, choice, "insights_fired"))

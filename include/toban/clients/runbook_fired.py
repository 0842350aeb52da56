"""What fired since a moment, by template, as coverage by runbooks is measured."""

from datetime import datetime

from toban.clients.report_rows import rows_of
from toban.clients.warehouse import Snapshot
from toban.domain.runbooks.coverage import Fired
from toban.domain.runbooks.nouns import AlertText


def read_fired(snapshot: Snapshot, since: datetime) -> list[Fired]:
    """Each template of each service and tool, the most frequent first; raises WarehouseError."""
    return [
        Fired(
            row["template"] or row["title"],
            AlertText(
                row["title"],
                service_id=row["service_id"],
                service_name=row["service"],
                tool=row["monitoring_tool"],
            ),
            row["incidents"],
            row["night_calls"],
        )
        for row in rows_of(snapshot, "runbook_coverage", {"since": since})
    ]

"""What fired since a moment, by template, as coverage by runbooks is measured."""

from collections.abc import Iterable
from datetime import datetime

from toban.clients.report_rows import Row, rows_of
from toban.clients.warehouse import Snapshot
from toban.domain.runbooks.coverage import Fired
from toban.domain.runbooks.nouns import AlertText


def read_fired(snapshot: Snapshot, since: datetime) -> list[Fired]:
    """Each template of each service and tool, the most frequent first; raises WarehouseError."""
    return fired_of(rows_of(snapshot, "runbook_coverage", {"since": since}))


def fired_of(rows: Iterable[Row]) -> list[Fired]:
    """Rows of such queries as the domain's nouns."""
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
        for row in rows
    ]

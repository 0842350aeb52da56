"""The alerts that really fired, out of a snapshot of the warehouse, as runbooks are matched with them."""

from datetime import datetime

from toban.clients.report_rows import rows_of
from toban.clients.warehouse import Snapshot
from toban.domain.runbooks.nouns import AlertText, PastAlert


def read_past_alerts(snapshot: Snapshot, since: datetime) -> tuple[PastAlert, ...]:
    """Each title, service and tool since then, the most frequent first; bodies are not in the warehouse."""
    return tuple(
        PastAlert(
            AlertText(
                row["title"],
                service_id=row["service_id"],
                service_name=row["service"],
                tool=row["monitoring_tool"],
            ),
            row["times"],
        )
        for row in rows_of(snapshot, "runbook_alerts", {"since": since})
    )

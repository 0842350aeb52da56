"""What the warehouse knows of the alert that a runbook is drafted for; all raise WarehouseError."""

from datetime import datetime, timedelta

from toban.clients.report_rows import rows_of
from toban.clients.warehouse import Snapshot
from toban.domain.runbooks.drafts.nouns import Seen
from toban.errors import UsageError


def seen_of(snapshot: Snapshot, template: str, at: datetime) -> Seen | None:
    """The template's incidents until then; None where there are none."""
    rows = rows_of(snapshot, "runbook_draft_alert", {"template": template, "at": at})
    if not rows:
        return None
    (row,) = rows
    return Seen(
        template=template,
        newest_title=row["newest_title"] or "",
        service_id=row["service_id"],
        service=row["service"],
        services=tuple(row["services"]),
        tools=tuple(row["tools"]),
        incidents=row["incidents"],
        by_themselves=row["by_themselves"],
        first=row["first"],
        last=row["last"],
        median=None if row["median_s"] is None else timedelta(seconds=row["median_s"]),
    )


def template_of(snapshot: Snapshot, incident: str) -> str:
    """Of the incident with that id or number; raises UsageError where there is none."""
    rows = snapshot.rows(
        "select template from incident_facts where incident_id = $incident"
        " or incident_number = try_cast(ltrim($incident, '#') as bigint)",
        {"incident": incident},
    )
    if not rows or not rows[0]["template"]:
        raise UsageError(f"No incident {incident!r} with a title is in the warehouse; name its id or number.")
    return str(rows[0]["template"])

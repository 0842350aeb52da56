"""Everything about single incidents, read again: for what the stream of log entries cannot tell."""

from collections.abc import Iterable
from typing import Any

from toban.clients.pagerduty import PagerDuty
from toban.clients.pagerduty.records import incident_row, log_entry_row, note_of
from toban.clients.warehouse import Writer
from toban.jobs.sync_changes import fetch_alerts
from toban.jobs.sync_window import Stored

Row = dict[str, Any]


def refetch(pagerduty: PagerDuty, writer: Writer, incidents: Iterable[Row]) -> Stored:
    """Read the log, notes and alerts of these incidents and store each in one transaction."""
    total = Stored()
    for incident in incidents:
        total += _refetch_one(pagerduty, writer, incident)
    return total


def _refetch_one(pagerduty: PagerDuty, writer: Writer, incident: Row) -> Stored:
    path, row = f"incidents/{incident['id']}", incident_row(incident)
    entries = [
        log_entry_row(entry | {"incident": {"id": row["id"]}})
        for entry in pagerduty.rows(f"{path}/log_entries", "log_entries", include=("channels",))
    ]
    notes = [note_of(note, row["id"]) for note in pagerduty.get(f"{path}/notes").get("notes") or ()]
    alerts = fetch_alerts(pagerduty, row["id"]) if (row["alert_count"] or 0) > 1 else []
    with writer.transaction():
        stored = Stored(writer.merge("incidents", [row]), writer.merge("log_entries", entries))
        writer.merge("alerts", alerts)
        _replace_notes(writer, row["id"], notes)
    return stored


def _replace_notes(writer: Writer, incident_id: str, notes: list[Row]) -> None:
    """Deleted notes go; those stored under their log entry's id give way to the notes themselves."""
    stored = writer.rows("select id from notes where incident_id = ?", [incident_id])
    gone = {row["id"] for row in stored} - {note["id"] for note in notes}
    if gone:
        writer.execute(
            "delete from notes where id in (select unnest($ids::varchar[]))", {"ids": sorted(gone)}
        )
        writer.mark_changed([incident_id])
    writer.merge("notes", notes)

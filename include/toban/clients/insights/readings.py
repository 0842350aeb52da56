"""What threads were told, as the sync copied it, and how often it was right."""

from typing import Any

from toban.clients.warehouse import Snapshot
from toban.clients.warehouse.texts import sql_text
from toban.domain.triage.nouns import Verdict
from toban.domain.triage.reading import Reading
from toban.domain.triage.verdict import Reason


def read_told(snapshot: Snapshot, incident_id: str) -> Reading | None:
    """None where its thread was told nothing, or the sync does not know it yet; raises WarehouseError."""
    rows = snapshot.rows(sql_text("queries/insights_reading.sql"), {"incident": incident_id})
    return _reading(incident_id, rows[0]) if rows else None


def read_precision(snapshot: Snapshot) -> list[dict[str, Any]]:
    """The rows of `triage_weekly`, oldest first; raises WarehouseError."""
    return snapshot.rows("select * from triage_weekly order by week")


def _reading(incident_id: str, row: dict[str, Any]) -> Reading:
    known = row["verdict"] in set(Verdict) and row["reason"] in set(Reason)  # a newer Toban may have others
    judged = {"verdict": Verdict(row["verdict"]), "reason": Reason(row["reason"])} if known else {}
    return Reading(**{**row, "incident_id": incident_id, "verdict": None, "reason": None} | judged)

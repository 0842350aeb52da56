"""What a handover tells, out of PagerDuty (what is open) and a snapshot of the warehouse (what has been)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from toban.clients.claim_values import claim_values
from toban.clients.warehouse import Snapshot
from toban.clients.warehouse.texts import filled, sql_text
from toban.domain.claims import Claims
from toban.domain.handover.nouns import History, OpenIncident, PastIncident, claimed

Row = dict[str, Any]


def open_incidents(rows: Iterable[Row], claims: Claims) -> tuple[OpenIncident, ...]:
    """Those of PagerDuty's incident objects that are the team's."""
    return tuple(_open(row) for row in rows if _claimed(row, claims))


def _claimed(row: Row, claims: Claims) -> bool:
    service, policy = row.get("service") or {}, row.get("escalation_policy") or {}
    teams = [team["id"] for team in row.get("teams") or ()]
    return claimed(claims, service.get("id", ""), policy.get("id", ""), teams)


def _open(row: Row) -> OpenIncident:
    assignees = (assignment["assignee"] for assignment in row.get("assignments") or ())
    return OpenIncident(
        number=row["incident_number"],
        title=row.get("title") or row.get("summary") or "",
        url=row.get("html_url"),
        created_at=datetime.fromisoformat(row["created_at"]),
        assignees=tuple(user.get("name") or user.get("summary") or user["id"] for user in assignees),
        acknowledged=row["status"] == "acknowledged",
    )


def read_history(snapshot: Snapshot, claims: Claims, since: datetime, until: datetime) -> History:
    """The team's incidents that began in [since, until), as far as the snapshot knows them."""
    values = {**claim_values(claims), "since": since, "until": until}
    rows = snapshot.rows(filled(sql_text("queries/handover_incidents.sql")), values)
    return History(tuple(_past(row) for row in rows), snapshot.synced_until or snapshot.published_at)


def _past(row: Row) -> PastIncident:
    return PastIncident(
        number=row["incident_number"],
        title=row["title"] or "",
        url=row["html_url"],
        created_at=row["created_at"],
        seconds_to_acknowledge=row["seconds_to_acknowledge"],
        seconds_to_resolve=row["seconds_to_resolve"],
        resolved_itself=row["resolved_automatically"],
        night_calls=row["sleep_hour_interruptions"],
    )

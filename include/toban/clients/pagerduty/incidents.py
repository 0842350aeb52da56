"""PagerDuty's incident as the alert path's noun; any field but the few it cannot do without may be null."""

from datetime import UTC, datetime

from toban.clients.pagerduty.people import people, person_or_none
from toban.clients.pagerduty.records.references import Row, id_of, ids_of, name_of
from toban.domain.alerts.nouns import Incident, Reference, Status


def read_incident(row: Row) -> Incident:
    """A full incident; e-mails are known where assignees and acknowledgers were included."""
    status = Status(row["status"])
    service, policy = row.get("service"), row.get("escalation_policy")
    return Incident(
        id=row["id"],
        number=row.get("incident_number") or 0,
        title=row.get("title") or row.get("summary") or row["id"],
        status=status,
        urgency=row.get("urgency") or "high",
        created_at=_moment(row["created_at"]),
        service_id=id_of(service) or "",
        service_name=name_of(service) or "",
        policy_id=id_of(policy) or "",
        policy_name=name_of(policy) or "",
        url=row.get("html_url"),
        priority=name_of(row.get("priority")),
        team_ids=tuple(ids_of(row.get("teams"))),
        assigned=people(one.get("assignee") for one in row.get("assignments") or ()),
        acknowledged_by=people(one.get("acknowledger") for one in row.get("acknowledgements") or ()),
        resolved_at=_resolved_at(row) if status is Status.RESOLVED else None,
        alert_count=(row.get("alert_counts") or {}).get("all") or 1,
        escalates_at=_due(row, "escalate"),
        wakes_at=_due(row, "unacknowledge"),
        merged_into=_reference((row.get("resolve_reason") or {}).get("incident")),
        acknowledged_at=_acknowledged_at(row),
        resolved_by=person_or_none(row.get("last_status_change_by")) if status is Status.RESOLVED else None,
    )


def _reference(other: Row | None) -> Reference | None:
    return Reference(name_of(other), other.get("html_url")) if other else None


def _acknowledged_at(row: Row) -> datetime | None:
    return min(
        (_moment(one["at"]) for one in row.get("acknowledgements") or () if one.get("at")), default=None
    )


def _resolved_at(row: Row) -> datetime | None:
    text = row.get("resolved_at") or row.get("last_status_change_at")
    return _moment(text) if text else None


def _due(row: Row, kind: str) -> datetime | None:
    """When PagerDuty will do that by itself."""
    actions = [one for one in row.get("pending_actions") or () if one.get("type") == kind]
    return min((_moment(one["at"]) for one in actions if one.get("at")), default=None)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)

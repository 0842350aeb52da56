"""What the report and the proof of concept both read: incidents of a scope between two moments."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from toban.clients.claim_values import claim_values
from toban.clients.warehouse import Snapshot
from toban.clients.warehouse.texts import filled, sql_text
from toban.domain.local_time import midnight
from toban.domain.report.nouns import Calls, Incident, LeftOut
from toban.domain.report.scope import Scope
from toban.domain.report.suggestion import NIGHT_UNTIL

Row = dict[str, Any]
Values = Mapping[str, Any]


def incidents_between(
    snapshot: Snapshot, scope: Scope, since: datetime, until: datetime
) -> tuple[list[Row], tuple[Incident, ...]]:
    """The scope's incidents begun in [since, until), as rows and without notes as incidents, oldest first."""
    rows = rows_of(snapshot, "report_incidents", values_of(scope, since, until))
    return rows, tuple(_incident(row, scope) for row in rows)


def left_out_between(snapshot: Snapshot, scope: Scope, since: datetime, until: datetime) -> LeftOut:
    """Why incidents begun in [since, until) are missing from the figures."""
    return LeftOut(**rows_of(snapshot, "report_left_out", values_of(scope, since, until))[0])


def calls_in(rows: Iterable[Row], incidents: Iterable[Incident]) -> Calls:
    """The calls those incidents made; a night is named by the evening it begins in."""
    nights = {
        (each.created_at - timedelta(hours=NIGHT_UNTIL.hour)).date()
        for each in incidents
        if each.sleep_interruptions
    }
    kinds = ("business", "off", "sleep")
    business, off_hours, sleep = (sum(row[f"{kind}_hour_interruptions"] for row in rows) for kind in kinds)
    return Calls(business, off_hours, sleep, nights=len(nights))


def _incident(row: Row, scope: Scope) -> Incident:
    return Incident(
        id=row["incident_id"],
        number=row["incident_number"],
        title=row["title"] or "",
        service=row["service"] or "",
        url=row["html_url"],
        created_at=row["created_at"].astimezone(scope.zone),
        seconds_to_acknowledge=row["seconds_to_acknowledge"],
        seconds_to_resolve=row["seconds_to_resolve"],
        resolved_itself=row["resolved_automatically"],
        timeout_escalations=row["timeout_escalations"],
        sleep_interruptions=row["sleep_hour_interruptions"],
    )


def bounds(scope: Scope, start: date) -> tuple[datetime, datetime]:
    """When the week that starts on that day begins and ends, UTC."""
    return midnight(start, scope.zone), midnight(start + timedelta(weeks=1), scope.zone)


def values_of(scope: Scope, since: datetime, until: datetime) -> Row:
    """What the queries' names are bound to."""
    return {**claim_values(scope.claims), "since": since, "until": until}


def rows_of(snapshot: Snapshot, query: str, values: Values) -> list[Row]:
    """The rows of one of the queries, its fragments in place."""
    return snapshot.rows(filled(sql_text(f"queries/{query}.sql")), values)

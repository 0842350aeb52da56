"""The waits a comparison before and since a day rests on, out of a snapshot. No judgement here."""

from datetime import date, datetime, timedelta
from typing import Any

from toban.clients.claim_values import claim_values
from toban.clients.warehouse import Snapshot
from toban.clients.warehouse.texts import filled, sql_text
from toban.domain.claims import Claims
from toban.domain.effect.nouns import End, Wait


def read_waits(
    snapshot: Snapshot,
    *,
    minute: int,
    since: date,
    until: datetime | None = None,
    claims: Claims | None = None,
    service: str | None = None,
) -> tuple[list[Wait], list[Wait]]:
    """Incidents still unacknowledged at ``minute``: those before the day ``since``, and those from then on.

    The day begins at midnight of the reporting time zone; ``until`` leaves out what began at that moment or
    later. Without claims it is everybody's; ``service`` is a name or an id. Raises WarehouseError.
    """
    values = {
        **claim_values(claims),
        "landmark_s": round(timedelta(minutes=minute).total_seconds()),
        "since": since,
        "until": until,
        "service": service,
    }
    rows = snapshot.rows(filled(sql_text("queries/waits_at_minute.sql")), values)
    sides: tuple[list[Wait], list[Wait]] = ([], [])
    for row in rows:
        sides[row["since"]].append(_wait(row))
    return sides


def _wait(row: dict[str, Any]) -> Wait:
    return Wait((row["service"], row["hour_kind"]), row["hour"], row["further_s"], End(row["wait_ended_by"]))

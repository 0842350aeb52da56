"""The history that triage learns from, as narrow columns: a million incidents fit into little memory."""

from datetime import datetime, timedelta

from toban.clients.warehouse import Snapshot
from toban.clients.warehouse.texts import filled, sql_text
from toban.domain.triage.history import Outcome
from toban.domain.triage.nouns import TRANSIENT

REACH = timedelta(days=2 * 365)  # older habits are no longer this company's


def read_outcomes(snapshot: Snapshot, now: datetime) -> list[Outcome]:
    """What became of each incident, oldest first, numbers standing for services and templates."""
    frame = snapshot.frame(
        filled(sql_text("queries/triage_history.sql")),
        {
            "since": now - REACH,
            "known_until": now - TRANSIENT,
            "soon_s": int(TRANSIENT.total_seconds()),
        },
    )
    columns = (frame[name].tolist() for name in ("service", "template", "at_s", "low", "transient", "said_s"))
    return [Outcome(*row) for row in zip(*columns, strict=True)]

"""How Toban itself stands: how old and how complete its data are, its last runs, its open claims."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toban.clients.warehouse import Snapshot
from toban.clients.warehouse.texts import sql_text
from toban.domain.spans import Span

Row = dict[str, Any]
MOST = 50  # rows of a table; older runs are a question for SQL


@dataclass(frozen=True)
class Standing:
    """``covered`` are the stretches of history that are stored without a gap.

    ``compared`` is the last comparison with PagerDuty: remote, stored, differences and its stretch;
    ``budget`` what remained of its rate limit: limit, remaining, and at which moment.
    """

    covered: Sequence[Span]
    compared: Row | None
    budget: Row | None
    kinds: Sequence[Row]
    runs: Sequence[Row]
    claims: Sequence[Row]


def read_standing(snapshot: Snapshot, now: datetime) -> Standing:
    """What the snapshot knows about the sync and the ledger."""
    rows = snapshot.rows("select name, value from sync_state")
    state = {row["name"]: row["value"] for row in rows}
    pairs = json.loads(state.get("covered") or "[]")
    return Standing(
        covered=[Span(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in pairs],
        compared=json.loads(state.get("remote_total") or "null"),
        budget=json.loads(state.get("rate_limit") or "null"),
        kinds=_rows(snapshot, "run_kinds", now=now),
        runs=_rows(snapshot, "runs", most=MOST),
        claims=_rows(snapshot, "claims", most=MOST),
    )


def _rows(snapshot: Snapshot, query: str, **values: Any) -> list[Row]:
    return snapshot.rows(sql_text(f"queries/insights_{query}.sql"), values)

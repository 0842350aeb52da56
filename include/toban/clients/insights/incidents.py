"""Incidents as a list, and one of them with all that is known about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toban.clients.warehouse import Choice, Snapshot, rows_of_chosen
from toban.clients.warehouse.texts import sql_text
from toban.domain.alerts import keys

Row = dict[str, Any]
# What a list can be narrowed to, beside the filters of every page.
KINDS = (
    "acknowledged", "unacknowledged", "resolved", "open", "escalated", "by_hand", "reassigned", "automatic",
    "interrupting", "sleep", "never_acknowledged", "reopened",
)  # fmt: skip
# The name of an order -> the column that is largest first.
ORDERS: Mapping[str, str] = {
    "newest": "created_at",
    "acknowledge": "seconds_to_acknowledge",
    "resolve": "seconds_to_resolve",
    "interruptions": "interruptions",
}
# Asked for only then: a snapshot from before this version does not have the table.
SHOWN_A_RUNBOOK = "incident_id in (select incident_id from alert_readings where runbook_id = $runbook)"
MOST_ALERTS = 200  # of one incident on its page; a storm may hold thousands


@dataclass(frozen=True)
class Wanted:
    """What a list holds: ``weekday`` is 1 for Monday; ``uncounted`` adds those that no figure counts.

    ``template`` is an alert's, ``runbook`` the id of the one that its thread was shown.
    """

    choice: Choice
    kind: str | None = None
    weekday: int | None = None
    hour: int | None = None
    search: str | None = None
    uncounted: bool = False
    order: str = "newest"
    template: str | None = None
    runbook: str | None = None

    @property
    def values(self) -> dict[str, Any]:
        """What the queries' names are bound to, beside the choice's."""
        names = ("kind", "weekday", "hour", "search", "uncounted", "template", "runbook")
        return {name: getattr(self, name) for name in names}

    @property
    def shown(self) -> str:
        """The condition on what a thread was shown."""
        return "true" if self.runbook is None else SHOWN_A_RUNBOOK


@dataclass(frozen=True)
class Story:
    """``people`` is None in the general snapshot, ``thread`` (channel, ts) where Toban said nothing."""

    facts: Row
    entries: Sequence[Row]
    notes: Sequence[Row]
    alerts: Sequence[Row]
    thread: tuple[str, str] | None
    people: Sequence[Row] | None


def read_incidents(snapshot: Snapshot, wanted: Wanted, most: int, skipped: int = 0) -> list[Row]:
    """A stretch of the list."""
    values = wanted.values | {"most": most, "skipped": skipped}
    literals = {"order": ORDERS[wanted.order], "shown": wanted.shown}
    return rows_of_chosen(snapshot, wanted.choice, "insights_incidents", values, **literals)


def count_incidents(snapshot: Snapshot, wanted: Wanted) -> int:
    """How long the list is."""
    rows = rows_of_chosen(
        snapshot, wanted.choice, "insights_incidents_count", wanted.values, shown=wanted.shown
    )
    return int(rows[0]["incidents"])


def read_story(snapshot: Snapshot, incident_id: str, *, restricted: bool) -> Story | None:
    """All about one incident; None where there is none of that id."""

    def rows(query: str, **values: Any) -> list[Row]:
        return snapshot.rows(sql_text(f"queries/insights_{query}.sql"), values or {"incident": incident_id})

    facts = rows("incident")
    if not facts:
        return None
    thread = rows("thread", key=keys.head(incident_id))
    return Story(
        facts=facts[0],
        entries=rows("timeline"),
        notes=rows("notes"),
        alerts=rows("alerts", incident=incident_id, most=MOST_ALERTS),
        thread=(thread[0]["channel"], thread[0]["ts"]) if thread else None,
        people=rows("responders") if restricted else None,
    )

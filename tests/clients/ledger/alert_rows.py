"""Threads and lines as the alert path writes them, for the ledger's tests."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from toban.domain.alerts.nouns import Alert, Form, Line, Round, Status, Thread

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def thread(number: int, **changes: Any) -> Thread:
    """An incident's own thread, opened now; what the test is about is given."""
    made = Thread(
        incident_id=f"Q{number}",
        team_id="ops",
        channel="#oncall",
        root=f"alert:Q{number}",
        form=Form.OWN,
        part=0,
        title="Disk 90 % full",
        number=number,
        status=Status.TRIGGERED,
        round=Round(0, NOW, NOW, ("PAIKO", "PBEN"), level=1),
        seen_at=NOW,
        touched_at=NOW,
    )
    return replace(made, **changes)


def everything_set() -> Thread:
    """A thread in which no field has its default."""
    return thread(
        1,
        team_id=None,
        form=Form.LIST,
        part=3,
        status=Status.RESOLVED,
        round=Round(2, NOW, NOW + MINUTE, (), level=None),
        touched_at=NOW + 2 * MINUTE,
        alert=Alert("Datadog", "critical", "用量 97 %\nline two"),
        runbook_id="disk-full",
        silenced_round=2,
        closed_at=NOW + 3 * MINUTE,
        service_id="PSHOP",
        service="Shop \U0001f525",
        mention_at=NOW + 5 * MINUTE,
    )


def line(key: str, number: int = 1, message: str = "lines:1") -> Line:
    """A line in the thread of that incident."""
    return Line(key, f"Q{number}", f"alert:Q{number}", message, f"text of {key}")

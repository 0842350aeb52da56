"""A warehouse of a made-up company: the sandbox's history, read by the sync over HTTP."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from syncing import NOW, account
from toban.clients.warehouse import Warehouse
from toban.sandbox.history import History, generate_history

DAYS = 75
SEED = 7
MESSAGES = [
    {
        "key": f"weekly:payments:2026-11-{day:02}",
        "kind": "weekly",
        "channel": "C1",
        "ts": None if day == 16 else f"17000000{day}.000100",
        "status": "claimed" if day == 16 else "posted",
        "created_at": NOW - timedelta(days=20 - day),
        "posted_at": None if day == 16 else NOW - timedelta(days=20 - day) + timedelta(seconds=2),
    }
    for day in (2, 9, 16)
]


def reminders(history: History) -> list[dict[str, Any]]:
    """A reminder of each incident after 3 minutes and another after 6, needed or not."""
    return [
        {
            "key": f"reminder:{item['incident']['id']}:1:{number}",
            "kind": "reminder",
            "channel": "C1",
            "ts": "1700000000.000100",
            "status": "posted",
            "created_at": begun + timedelta(minutes=3 * number),
            "posted_at": begun + timedelta(minutes=3 * number, seconds=1),
        }
        for item in history.items
        for begun in [datetime.fromisoformat(item["incident"]["created_at"])]
        for number in (1, 2)
    ]


def readings(history: History) -> list[dict[str, Any]]:
    """What each thread was told: every verdict in turn, and mostly a runbook."""
    verdicts = ("by_itself", "needs_action", "unsure")
    return [
        {
            "incident_id": item["incident"]["id"],
            "said_at": item["incident"]["created_at"],
            "verdict": verdicts[n % 3],
            "reason": "thin" if n % 6 == 1 else "history",
            "probability": (0.95, 0.2, 0.6)[n % 3],
            "like_ended": 31,
            "like_of": 33,
            "model": "2026-11-01T18:30:00Z",
            "runbook_id": "disk-full" if n % 4 else None,
            "by_rule": n % 2 == 0 if n % 4 else None,
        }
        for n, item in enumerate(history.items)
    ]


def feedback(history: History) -> list[dict[str, Any]]:
    """An answer to every second incident."""
    answers = ("runbook_helped", "runbook_wrong", "no_action")
    return [
        {
            "incident_id": item["incident"]["id"],
            "answer": answers[n % 3],
            "people": 1,
            "first_said_at": item["incident"]["created_at"],
            "last_said_at": item["incident"]["created_at"],
        }
        for n, item in enumerate(history.items[::2])
    ]


def sync_history(directory: Path) -> Warehouse:
    """Eleven weeks of incidents, their log, the directory, shifts, and what Toban said."""
    history = generate_history(SEED, NOW, days=DAYS)
    with account(history) as served:
        served.sync(
            directory,
            since=NOW - timedelta(days=DAYS + 1),
            ledger_rows={
                "ledger_messages": [*MESSAGES, *reminders(history)],
                "alert_readings": readings(history),
                "alert_feedback": feedback(history),
            },
        )
    return Warehouse(directory)

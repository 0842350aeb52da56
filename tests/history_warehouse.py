"""A warehouse of a made-up company: the sandbox's history, read by the sync over HTTP."""

from datetime import timedelta
from pathlib import Path

from syncing import NOW, account
from toban.clients.warehouse import Warehouse
from toban.sandbox.history import generate_history

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


def sync_history(directory: Path) -> Warehouse:
    """Eleven weeks of incidents, their log, the directory, shifts, and what Toban said."""
    history = generate_history(SEED, NOW, days=DAYS)
    with account(history) as served:
        served.sync(directory, since=NOW - timedelta(days=DAYS + 1), ledger_rows=MESSAGES)
    return Warehouse(directory)

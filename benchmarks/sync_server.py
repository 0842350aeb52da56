"""The PagerDuty that every contestant reads from: one process, one seeded history, no rate limit.

python benchmarks/sync_server.py INCIDENTS PORT UNTIL
"""

import sys
from datetime import datetime

import uvicorn

from toban.sandbox.history import History, seeded_history
from toban.sandbox.pagerduty import World
from toban.sandbox.pagerduty.app import create_app

ENTRIES = 6  # log entries an incident
DAYS = 29  # less than a month: tap-pagerduty gets PagerDuty's default window, one month, whatever it asks for


def history(incidents: int, until: datetime) -> History:
    """The same for the same arguments, in every process."""
    return seeded_history(incidents, ENTRIES, until=until, days=DAYS)


def main() -> None:
    incidents, port, until = int(sys.argv[1]), int(sys.argv[2]), datetime.fromisoformat(sys.argv[3])
    past = history(incidents, until)
    world = World.from_history(past.directory, past.items)
    app = create_app(world, requests_per_minute=None, ticking=False)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", ws="none")


if __name__ == "__main__":
    main()

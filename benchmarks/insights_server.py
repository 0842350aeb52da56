"""The pages as Airflow's API server serves them, with a login of their own: one process, one port.

python benchmarks/insights_server.py WAREHOUSE PORT
"""

import os
import sys
from pathlib import Path

import uvicorn
from fastapi import HTTPException, Request
from insights_history import SERVICES, TEAMS

from toban.settings import Settings, parse_settings
from toban.web.insights.app import create_insights
from toban.web.insights.visitors import Visitor
from toban.wiring.insights import sections

LOGIN = {"x-user": "lead"}  # whoever sends this is logged in, and may see persons


async def who(request: Request) -> Visitor:
    name = request.headers.get("x-user")
    if not name:
        raise HTTPException(401)
    return Visitor(name, sees_persons=True)


def settings(directory: Path) -> Settings:
    """Twelve teams with five services each."""
    teams = [
        {
            "id": f"team-{n}",
            "name": f"Team {n}",
            "time_zone": "Asia/Tokyo",
            "announce_channel": f"#team-{n}",
            "mode": "announce",
            "services": [f"S{service}" for service in range(n, SERVICES, TEAMS)],
            "escalation_policies": [f"E{n}"],
        }
        for n in range(TEAMS)
    ]
    reporting = {"time_zone": "Asia/Tokyo", "improvements_since": "2026-03-01"}
    return parse_settings(
        {
            "fallback_channel": "#ops",
            "warehouse": {"directory": str(directory)},
            "reporting": reporting,
            "teams": teams,
        }
    )


def main() -> None:
    directory, port = Path(sys.argv[1]), int(sys.argv[2])
    os.environ["TOBAN_LEDGER_URL"] = f"sqlite:///{directory / 'ledger.db'}"
    os.environ["TOBAN_WAREHOUSE"] = str(directory)
    app = create_insights(sections(settings(directory)), who, login="/login")
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", ws="none")


if __name__ == "__main__":
    main()

"""The sample company on both local servers, and an installation of Toban that is told where they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox_server import running
from toban.clients.ledger import Ledger
from toban.clients.warehouse import Warehouse
from toban.demo.company import write_settings
from toban.sandbox.history import History, generate_history
from toban.sandbox.pagerduty import World
from toban.sandbox.pagerduty import create_app as create_pagerduty
from toban.sandbox.serve import workspace_of
from toban.sandbox.slack import Workspace
from toban.sandbox.slack import create_app as create_slack

DAYS = 16  # the last whole week lies in them, whatever day it is
ALERTS_PER_DAY = 3.0  # enough for a report, little enough to be quick
PAGERDUTY_TOKEN, SLACK_TOKEN = "pd-hush-hush", "xoxb-hush-hush"
SECRET = "hush-hush"
TEAM = "shop"  # its channels: #all-engineers, #team-shop, #team-shop-leads


@cache
def history() -> History:
    """The last days of the sample company; treat it as read only."""
    return generate_history(1, datetime.now(UTC), days=DAYS, alerts_per_day=ALERTS_PER_DAY)


@dataclass(frozen=True)
class Installation:
    """What tests look at and change: the servers' state, and the folder with toban.toml and the data."""

    folder: Path
    world: World
    workspace: Workspace
    pagerduty_url: str
    slack_url: str

    @property
    def settings(self) -> Path:
        """The path of toban.toml."""
        return self.folder / "toban.toml"

    @property
    def warehouse(self) -> Warehouse:
        """Where the runs write."""
        return Warehouse(self.folder / "warehouse")

    @property
    def ledger(self) -> Ledger:
        """Where the runs remember what they said."""
        book = Ledger(f"sqlite:///{self.folder / 'ledger.db'}")
        book.migrate()
        return book

    @property
    def environment(self) -> dict[str, str]:
        """What an operator sets."""
        return {
            "TOBAN_SETTINGS": str(self.settings),
            "TOBAN_PAGERDUTY_TOKEN": PAGERDUTY_TOKEN,
            "TOBAN_PAGERDUTY_URL": self.pagerduty_url,
            "TOBAN_SLACK_TOKEN": SLACK_TOKEN,
            "TOBAN_SLACK_URL": f"{self.slack_url}/api/",
            "TOBAN_LEDGER_URL": f"sqlite:///{self.folder / 'ledger.db'}",
        }

    def enter(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Set the environment, and nothing of Airflow in it."""
        for name in ("AIRFLOW_HOME", "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "TOBAN_WAREHOUSE"):
            monkeypatch.delenv(name, raising=False)
        for name, value in self.environment.items():
            monkeypatch.setenv(name, value)

    def edit_settings(self, old: str, new: str) -> None:
        """Change one place in toban.toml."""
        text = self.settings.read_text(encoding="utf-8")
        assert old in text
        self.settings.write_text(text.replace(old, new, 1), encoding="utf-8")

    def messages(self, channel: str) -> list[dict[str, Any]]:
        """What Toban said in a channel, replies too, oldest first."""
        answer = httpx.get(f"{self.slack_url}/_sandbox/messages", params={"channel": channel})
        return [each for each in answer.raise_for_status().json() if "metadata" in each or "files" in each]

    def keys(self, channel: str) -> list[str]:
        """The keys of what Toban said there, oldest first."""
        return [m["metadata"]["event_payload"]["key"] for m in self.messages(channel) if "metadata" in m]

    def override(self, schedule_id: str, user_id: str) -> None:
        """Give somebody a schedule from five minutes ago on, for eight hours."""
        start = datetime.now(UTC) - timedelta(minutes=5)
        asked = {
            "start": start.isoformat(),
            "end": (start + timedelta(hours=8)).isoformat(),
            "user": {"id": user_id, "type": "user_reference"},
        }
        self._tell(f"{self.pagerduty_url}/schedules/{schedule_id}/overrides", {"overrides": [asked]})

    def slack_fault(self, kind: str, path: str = "", times: int = 1, **more: Any) -> None:
        """Let calls to Slack meet a fault; see the sandbox's KINDS."""
        order = {"kind": kind, "path": path, "times": times, **more}
        self._tell(f"{self.slack_url}/_sandbox/faults", order)

    def _tell(self, url: str, body: Any) -> None:
        headers = {"Authorization": "Token token=test"}
        httpx.post(url, json=body, headers=headers).raise_for_status()


@contextmanager
def installation(folder: Path, *, embed_incidents: bool = True) -> Iterator[Installation]:
    """A fresh company on free ports, and a toban.toml written for it, for the length of a `with` block."""
    past = deepcopy(history())
    world = World.from_history(past.directory, past.items, embed_incidents=embed_incidents)
    workspace = workspace_of(world)
    with (
        running(create_pagerduty(world, requests_per_minute=None, ticking=False)) as pagerduty_url,
        running(create_slack(workspace, rates="off")) as slack_url,
    ):
        made = Installation(folder, world, workspace, pagerduty_url, slack_url)
        since = datetime.now(UTC).date() - timedelta(days=DAYS)
        write_settings(
            made.settings,
            pagerduty_url,
            warehouse=folder / "warehouse",
            runbooks=Path(__file__).parents[1] / "runbooks",
            airflow_url="http://airflow.example",
            improvements_since=since,
        )
        yield made

"""A PagerDuty account in the sandbox, a warehouse, and a clock that tests move by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from sandbox_server import running
from toban.clients.pagerduty import PagerDuty
from toban.clients.warehouse import Warehouse
from toban.jobs.sync_incidents import sync_incidents
from toban.jobs.sync_runs import SyncResult
from toban.sandbox.history import History, seeded_history
from toban.sandbox.pagerduty import World
from toban.sandbox.pagerduty.app import create_app

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAYS = 30
# What two warehouses with the same history have in common: everything but when and how it was read.
COMPARED = (
    "incidents", "log_entries", "notes", "alerts", "users", "teams", "services", "escalation_policies",
    "escalation_rules", "schedules", "schedule_overrides", "oncall_shifts", "incident_facts",
)  # fmt: skip


@dataclass
class Clock:
    """The sandbox's and the job's idea of now."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **length: float) -> None:
        self.now += timedelta(**length)


@dataclass
class Account:
    """One account, served over HTTP; `person` writes to it as somebody at a desk would."""

    url: str
    app: FastAPI
    world: World
    clock: Clock

    def pagerduty(self, **options: Any) -> PagerDuty:
        return PagerDuty("token", self.url, **{"sleep": lambda _: None} | options)

    @property
    def person(self) -> PagerDuty:
        email = self.world.directory.all("users")[0]["email"]
        return self.pagerduty(from_email=email)

    def sync(self, directory: Path, **options: Any) -> SyncResult:
        pagerduty = options.pop("pagerduty", None) or self.pagerduty()
        begin = options.pop("since", NOW - timedelta(days=DAYS + 1))
        return sync_incidents(pagerduty, Warehouse(directory), self.clock.now, since=begin, **options)

    def calls(self) -> dict[str, int]:
        """Requests per route since the last time this was asked."""
        counted = dict(self.app.state.calls)
        self.app.state.calls.clear()
        return counted

    def fault(self, kind: str, times: int, path: str = "/", seconds: float = 1.0) -> None:
        order = {"kind": kind, "times": times, "path": path, "seconds": seconds}
        httpx.post(f"{self.url}/_sandbox/faults", json=order).raise_for_status()


@contextmanager
def account(
    history: History, *, embed_incidents: bool = True, requests_per_minute: int | None = None
) -> Iterator[Account]:
    """An account with that history, without rate limit unless asked; its engine stands still."""
    clock = Clock()
    world = World.from_history(history.directory, history.items, now=clock, embed_incidents=embed_incidents)
    app = create_app(world, requests_per_minute=requests_per_minute, ticking=False)
    with running(app) as url:
        yield Account(url, app, world, clock)


def seeded(incidents: int, entries: int = 6, days: int = DAYS) -> History:
    """That many resolved incidents up to an hour before `NOW`."""
    return seeded_history(incidents, entries, until=NOW - timedelta(hours=1), days=days)


def rows(directory: Path, sql: str) -> list[dict[str, Any]]:
    """A query's rows from the published, restricted snapshot."""
    with Warehouse(directory).read(restricted=True) as snapshot:
        return snapshot.rows(sql)


def contents(directory: Path) -> dict[str, list[dict[str, Any]]]:
    """Everything two undisturbed warehouses have in common, in one order."""
    return {table: rows(directory, f"select * from {table} order by all") for table in COMPARED}

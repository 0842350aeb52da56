"""The sandbox as a program: both servers in one process, on loopback, until told to stop."""

import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

from toban.sandbox import pagerduty, slack
from toban.sandbox.history import History, generate_history, load_history, write_history

LOOPBACK = "127.0.0.1"
CHANNELS = ("all-engineers", "all-engineers-en", "oncall", "toban-trial")


def serve(
    history: Path | None, *, pagerduty_port: int, slack_port: int, seed: int, state_dir: Path | None
) -> None:
    """Serve a local PagerDuty and a local Slack until SIGINT or SIGTERM.

    ``history`` is a file of JSON Lines; None: a year is generated from ``seed``. With a ``state_dir``, what
    happens is kept there, and a later start continues.
    """
    past = _history(history, seed, state_dir)
    world = pagerduty.World.from_history(past.directory, past.items)
    workspace = workspace_of(world, state_dir)
    _run(
        {
            pagerduty_port: pagerduty.create_app(world, state_dir=state_dir),
            slack_port: slack.create_app(workspace, rates="realistic"),
        }
    )


def workspace_of(world: pagerduty.World, state_dir: Path | None = None) -> slack.Workspace:
    """A Slack where everybody of that PagerDuty has an account, and each team its channels."""
    people = [_slack_person(user) for user in world.directory.all("users")]
    channels = _channels(world.directory.all("teams"))
    return slack.Workspace.for_people(people, channels=channels, state_dir=state_dir)


def _history(given: Path | None, seed: int, state_dir: Path | None) -> History:
    if given:
        return load_history(given)
    kept = state_dir / "history.jsonl" if state_dir else None
    if kept and kept.exists():
        return load_history(kept)
    made = generate_history(seed, datetime.now(UTC))
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_history(made, kept)
    return made


def _slack_person(user: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": user["name"], "email": user.get("email"), "tz": user.get("time_zone")}


def _channels(teams: list[dict[str, Any]]) -> list[str]:
    names = [team["description"] or team["id"].lower() for team in teams]
    return [*CHANNELS, *(f"team-{name}{suffix}" for name in names for suffix in ("", "-leads"))]


def _run(apps: Mapping[int, FastAPI]) -> None:
    servers = [
        uvicorn.Server(uvicorn.Config(app, host=LOOPBACK, port=port, log_level="warning", ws="none"))
        for port, app in apps.items()
    ]
    *beside, last = servers
    threads = [threading.Thread(target=server.run, daemon=True) for server in beside]
    for thread in threads:
        thread.start()
    last.run()  # in the main thread, where signals arrive
    for server, thread in zip(beside, threads, strict=True):
        server.should_exit = True
        thread.join()

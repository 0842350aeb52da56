"""The sandbox as a program: both servers in one process, on loopback, until told to stop."""

import os
import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

from toban.sandbox import pagerduty, slack
from toban.sandbox.history import History, HistoryError, generate_history, load_history, write_history

LOOPBACK = "127.0.0.1"
CHANNELS = ("all-engineers", "all-engineers-en", "oncall", "toban-trial")
SHORTCUTS = ({"callback_id": "toban_note_from_message", "name": "Add to PagerDuty as a note"},)


class PortError(Exception):
    """One of the ports cannot be listened on; the message is one sentence."""


def serve(
    history: Path | None,
    *,
    pagerduty_port: int,
    slack_port: int,
    seed: int,
    state_dir: Path | None,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Serve a local PagerDuty and a local Slack until SIGINT or SIGTERM; ``ready`` is called before.

    ``history`` is a file of JSON Lines; None: a year is generated from ``seed``. With a ``state_dir``, what
    happens is kept there, and a later start continues. Raises PortError, HistoryError and OSError.
    """
    with ExitStack() as open_ports:
        ports = [open_ports.enter_context(_listen(port)) for port in (pagerduty_port, slack_port)]
        world, workspace = _company(history, seed, state_dir)
        apps = [
            pagerduty.create_app(world, state_dir=state_dir),
            slack.create_app(workspace, rates="realistic"),
        ]
        ready()
        _run(list(zip(apps, ports, strict=True)))


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((LOOPBACK, port))
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise PortError(
            f"Port {port} cannot be used ({why}); end what listens there, or choose another."
        ) from None


def _company(
    history: Path | None, seed: int, state_dir: Path | None
) -> tuple[pagerduty.World, slack.Workspace]:
    past = _history(history, seed, state_dir)
    try:
        world = pagerduty.World.from_history(past.directory, past.items)
        return world, workspace_of(world, state_dir)
    except (ValueError, LookupError, TypeError, AttributeError) as error:  # shapes and values of any kind
        if history is None:
            raise
        raise HistoryError(
            f"{history} holds something that PagerDuty's REST API would not give ({error}): mend it there."
        ) from error


def workspace_of(world: pagerduty.World, state_dir: Path | None = None) -> slack.Workspace:
    """A Slack where everybody of that PagerDuty has an account, and each team its channels."""
    people = [_slack_person(user) for user in world.directory.all("users")]
    channels = _channels(world.directory.all("teams"))
    return slack.Workspace.for_people(people, channels, state_dir=state_dir, shortcuts=SHORTCUTS)


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


def _channels(teams: list[dict[str, Any]]) -> list[str | dict[str, Any]]:
    """The leads' channels are private."""
    names = [f"team-{team['description'] or team['id'].lower()}" for team in teams]
    leads = [{"name": f"{name}-leads", "is_private": True} for name in names]
    return [*CHANNELS, *(f"{name}{suffix}" for name in names for suffix in ("", "-alerts")), *leads]


def _run(served: list[tuple[FastAPI, socket.socket]]) -> None:
    running = [(uvicorn.Server(uvicorn.Config(app, log_level="warning")), port) for app, port in served]
    *beside, (last, port) = running
    threads = [threading.Thread(target=each.run, args=([at],), daemon=True) for each, at in beside]
    for thread in threads:
        thread.start()
    last.run([port])  # in the main thread, where signals arrive
    for (server, _), thread in zip(beside, threads, strict=True):
        server.should_exit = True
        thread.join()

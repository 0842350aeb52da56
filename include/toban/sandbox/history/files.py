"""Histories as JSON Lines: an optional line with the directory, then one incident a line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

Json = dict[str, Any]


class HistoryError(ValueError):
    """A history file says something that cannot be understood; the message is one sentence with the line."""


@dataclass(frozen=True)
class History:
    """What happened at a company, in the shapes of PagerDuty's REST API.

    `directory` has the keys users, teams, services, escalation_policies, schedules and priorities, or is
    empty where the file gave none. `items` are `{"incident", "log_entries"}` with `"alerts"` and `"notes"`
    where known; a generated history has the oldest incident first, each with its oldest entry first.
    """

    directory: Json = field(default_factory=dict)
    items: list[Json] = field(default_factory=list)


def load_history(path: Path) -> History:
    """Read a history from JSON Lines in UTF-8; empty lines are skipped. Raises HistoryError or OSError."""
    directory: Json = {}
    items: list[Json] = []
    with path.open("rb") as lines:
        for number, item in _objects(path, lines):
            if "directory" not in item:
                items.append(_item(path, number, item))
            elif items or directory:
                raise _fault(path, number, "has a directory", "the directory must be the first line")
            else:
                directory = _directory(path, number, item["directory"])
    return History(directory, items)


def write_history(history: History, path: Path) -> None:
    """Write a history so that `load_history` reads the same again."""
    with path.open("wb") as file:
        if history.directory:
            file.write(orjson.dumps({"directory": history.directory}, option=orjson.OPT_APPEND_NEWLINE))
        for item in history.items:
            file.write(orjson.dumps(item, option=orjson.OPT_APPEND_NEWLINE))


def _objects(path: Path, lines: Any) -> Iterator[tuple[int, Json]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            item = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise _fault(path, number, f"is no JSON ({error})", "write one JSON object a line") from error
        if not isinstance(item, dict):
            raise _fault(path, number, "is no JSON object", "write one JSON object a line")
        yield number, item


def _directory(path: Path, number: int, directory: object) -> Json:
    if not isinstance(directory, dict):
        raise _fault(
            path, number, "has a directory that is no object", 'write {"users": […], "teams": […], …}'
        )
    for key, rows in directory.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) and row.get("id") for row in rows):
            raise _fault(
                path, number, f'has a directory with a bad "{key}"', "give a list of objects with an id"
            )
    return directory


def _item(path: Path, number: int, item: Json) -> Json:
    incident = item.get("incident")
    if not isinstance(incident, dict):
        raise _fault(path, number, 'has no "incident"', 'write {"incident": {…}, "log_entries": […]}')
    for key in ("id", "created_at", "status"):
        if not isinstance(incident.get(key), str):
            raise _fault(
                path, number, f'has an incident without "{key}"', "add it as PagerDuty's API gives it"
            )
    if not isinstance(incident.get("incident_number"), int):
        raise _fault(path, number, 'has an incident without "incident_number"', "add it, a whole number")
    for key in ("log_entries", "alerts", "notes"):
        rows = item.get(key, None if key == "log_entries" else [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise _fault(
                path, number, f'has no list of objects in "{key}"', "add it, empty if there are none"
            )
    for entry in item["log_entries"]:
        if not all(isinstance(entry.get(key), str) for key in ("id", "type", "created_at")):
            raise _fault(
                path, number, "has a log entry without id, type or created_at", "add what is missing"
            )
    return item


def _fault(path: Path, number: int, what: str, remedy: str) -> HistoryError:
    return HistoryError(f"Line {number} of {path} {what}: {remedy}.")

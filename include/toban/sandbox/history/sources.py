"""The written material: people, teams, services with their alerts, and notes, from the files in data/."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Nature = Literal["noise", "flap", "fault", "slow"]


@dataclass(frozen=True)
class AlertKind:
    """One alert as a monitoring tool phrases it; `title` is a template for `wording.fill`."""

    tool: str
    severity: Literal["critical", "error", "warning"]
    nature: Nature
    subject: str
    weight: int
    title: str


@dataclass(frozen=True)
class ServiceSource:
    name: str
    hosts: tuple[str, ...]
    alerts: tuple[AlertKind, ...]
    ack_timeout_s: int
    auto_resolve_s: int | None
    night_work: bool


@dataclass(frozen=True)
class PersonSource:
    name: str
    mail_name: str
    slowness: float


@dataclass(frozen=True)
class TeamSource:
    """A team; `levels` are (minutes until the next level, who is rung), `share` its part of all alerts."""

    slug: str
    name: str
    language: Literal["ja", "en"]
    time_zone: str
    share: float
    policy: str
    levels: tuple[tuple[int, tuple[str, ...]], ...]
    loops: int
    people: tuple[PersonSource, ...]
    services: tuple[ServiceSource, ...]


@cache
def teams() -> tuple[TeamSource, ...]:
    people = _read("people")
    return tuple(_team(row, people[row["slug"]]["people"]) for row in _read("teams")["team"])


@cache
def notes() -> dict[str, dict[str, list[str]]]:
    """Templates of notes by subject, then by language."""
    return _read("notes")


def _team(row: dict[str, Any], people: list[Any]) -> TeamSource:
    return TeamSource(
        **{key: row[key] for key in ("slug", "name", "language", "time_zone", "share", "policy", "loops")},
        levels=tuple((level[0], tuple(level[1:])) for level in row["levels"]),
        people=tuple(PersonSource(*person) for person in people),
        services=tuple(_service(service) for service in _read(f"services_{row['slug']}")["service"]),
    )


def _service(row: dict[str, Any]) -> ServiceSource:
    return ServiceSource(
        name=row["name"],
        hosts=tuple(row["hosts"]),
        alerts=tuple(AlertKind(*alert) for alert in row["alerts"]),
        ack_timeout_s=row["ack_timeout_s"],
        auto_resolve_s=row.get("auto_resolve_s"),
        night_work=row.get("night_work", False),
    )


def _read(name: str) -> dict[str, Any]:
    source = files("toban.sandbox.history") / "data" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))

"""Nouns of the intake."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Action = Literal["trigger", "resolve"]
Severity = Literal["critical", "error", "warning", "info"]


@dataclass(frozen=True)
class Link:
    """An address to show beside the alert, and what it is called."""

    href: str
    text: str


@dataclass(frozen=True)
class Event:
    """One alert begun or ended, within the limits of PagerDuty's Events API v2.

    ``dedup_key`` (at most 255 characters) is the same for the trigger and the resolve of one problem;
    ``summary`` has at most 1,024 characters; ``timestamp`` is aware, or None where the tool gives none.
    """

    action: Action
    dedup_key: str
    summary: str
    source: str
    severity: Severity
    timestamp: datetime | None = None
    component: str | None = None
    group: str | None = None
    class_: str | None = None
    custom_details: Mapping[str, object] = field(default_factory=dict)
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Paths:
    """Where a tool of its own form holds what an event needs, as dotted paths such as ``alert.name``.

    ``resolved_values`` are the texts at ``status`` that end a problem; ``severities`` translates words.
    """

    title: str
    severity: str | None = None
    source: str | None = None
    dedup_key: str | None = None
    status: str | None = None
    resolved_values: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)


@dataclass(frozen=True, repr=False)
class Keys:
    """The secrets of one intake, None where missing; never shown."""

    token: str | None
    routing_key: str | None

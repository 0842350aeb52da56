"""An Event within PagerDuty's limits, and the key that its trigger and its resolve share."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from toban.domain.intake.nouns import Event, Link, Severity
from toban.domain.intake.reading import LONGEST_HREF, details, line, plain
from toban.domain.intake.severities import UNSAID
from toban.errors import BodyRefused

LONGEST_KEY = 255
KEPT_OF_A_KEY = 180  # of a longer one, before its digest
LONGEST_SOURCE = 255


def event(
    *,
    resolved: bool,
    key: str,
    summary: str,
    source: str,
    severity: Severity = UNSAID,
    timestamp: datetime | None = None,
    component: str = "",
    group: str = "",
    class_: str = "",
    more: Mapping[str, object] | None = None,
    links: Iterable[tuple[object, str]] = (),
) -> Event:
    """The event: long texts are cut, empty ones become None, what is no address is left out."""
    return Event(
        action="resolve" if resolved else "trigger",
        dedup_key=key,
        summary=line(summary) or "(no title)",
        source=line(source, LONGEST_SOURCE) or "unknown",
        severity=severity,
        timestamp=timestamp,
        component=line(component, LONGEST_SOURCE) or None,
        group=line(group, LONGEST_SOURCE) or None,
        class_=line(class_, LONGEST_SOURCE) or None,
        custom_details=details(more or {}),
        links=tuple(Link(plain(href, LONGEST_HREF), text) for href, text in links if _is_address(href)),
    )


def key_of(tool: str, *parts: str) -> str:
    """A key of at most 255 characters that a person can read; a long one ends in a digest instead."""
    key = ":".join(filter(None, (tool, *parts)))
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[:KEPT_OF_A_KEY]}:{_digest(key)}"


def key_of_labels(tool: str, name: str, labels: Mapping[str, object]) -> str:
    """A key from labels, whatever their order; the name stands in it for people."""
    pairs = sorted((line(label), line(value, 4_000)) for label, value in labels.items())
    return key_of(tool, line(name, 100), _digest(json.dumps(pairs)))


def titled(name: str, what: str) -> str:
    """``name: what``, or one of them where it says it all."""
    if not name or name.casefold() in what.casefold():
        return what
    return f"{name}: {what}" if what and what.casefold() not in name.casefold() else name


def refused(tool: str, rule: str) -> BodyRefused:
    """The sentence that a tool gets for a body that is not its own."""
    return BodyRefused(
        f"This is no alert of {tool}: {rule}; check which tool the address's [[intake]] block names."
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def _is_address(href: object) -> bool:
    return (
        isinstance(href, str)
        and href.startswith(("http://", "https://"))
        and len(href) <= LONGEST_HREF
        and plain(href, LONGEST_HREF) == href
        and not any(sign.isspace() for sign in href)
    )

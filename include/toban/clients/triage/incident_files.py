"""Past incidents from a file, one JSON object a line, to evaluate triage on any company's history."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from toban.domain.triage.nouns import Past
from toban.errors import UsageError

# The names a field may have, ours first; the others are ServiceNow's and those of job schedulers.
TITLE = ("title", "short_description", "summary")
BEGAN = ("created_at", "opened_at", "alert_ts")
ENDED = ("resolved_at", "closed_at")
SERVICE = ("service", "service_id")
GROUP = ("group", "assignment_group")
LONGEST_LINE = 8 * 1024 * 1024


def read_incidents(path: Path) -> list[Past]:
    """All of them, oldest first. Moments without a zone are UTC. Raises UsageError with the line's number.

    ``by_itself`` is what the field of that name says; without it, what ended counts as ended by itself.
    """
    with path.open("rb") as file:
        found = [_past(number, line) for number, line in enumerate(file, 1) if line.strip()]
    return sorted(found, key=lambda past: past.created_at)


def _past(number: int, line: bytes) -> Past:
    try:
        row = _object(line)
        ended = _first(row, ENDED)
        return Past(
            id=str(row.get("id", number)),
            title=str(_needed(row, TITLE)),
            service_id=str(_first(row, SERVICE) or ""),
            created_at=_moment(_needed(row, BEGAN)),
            ended_at=_moment(ended) if ended else None,
            by_itself=_yes_or_no(row, "by_itself"),
            handled_by=_text(_first(row, GROUP)),
        )
    except (ValueError, TypeError, OverflowError) as error:
        raise UsageError(
            f"Line {number} is no incident ({error}); see docs/en/triage.md for the fields."
        ) from error


def _object(line: bytes) -> dict[str, Any]:
    row = orjson.loads(line.removeprefix(BOM_UTF8)) if len(line) <= LONGEST_LINE else None
    if not isinstance(row, dict):
        raise TypeError("it is no JSON object of at most 8 MB")
    return row


def _first(row: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next(_given(row, names), None)


def _needed(row: dict[str, Any], names: tuple[str, ...]) -> Any:
    value = _first(row, names)
    if value is None:
        raise ValueError(f"it has no {names[0]}")
    return value


def _given(row: dict[str, Any], names: tuple[str, ...]) -> Iterator[Any]:
    return (row[name] for name in names if row.get(name) is not None)


def _yes_or_no(row: dict[str, Any], name: str) -> bool:
    value = row.get(name, True)
    if isinstance(value, bool):
        return value
    raise ValueError(f"{name} is neither true nor false")


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(str(value))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)

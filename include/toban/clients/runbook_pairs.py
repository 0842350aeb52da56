"""Pairs of alert and right runbook, one JSON object a line, as `toban runbooks evaluate` is given them."""

from codecs import BOM_UTF8
from collections.abc import Mapping
from pathlib import Path
from posixpath import normpath
from typing import Any

import orjson

from toban.domain.runbooks.search.evaluation import GRANULARITIES, Pair
from toban.domain.runbooks.search.pages import page_id
from toban.errors import UsageError

LONGEST_LINE = 2_000_000  # bytes


def read_runbook_pairs(path: Path) -> list[Pair]:
    """All pairs; empty lines are skipped. Raises UsageError naming the first line that cannot be used."""
    try:
        with path.open("rb") as lines:
            return [_pair(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}).") from error


def _pair(path: Path, number: int, line: bytes) -> Pair:
    try:
        return _read(_object(line))
    except ValueError as error:
        raise UsageError(f"{path}, line {number}: {error}") from None


def _object(line: bytes) -> Mapping[str, Any]:
    if len(line) > LONGEST_LINE:
        raise ValueError(f"has {len(line)} bytes, but {LONGEST_LINE} are the most.")
    try:
        found = orjson.loads(line.removeprefix(BOM_UTF8))
    except orjson.JSONDecodeError as error:
        raise ValueError(f"is not JSON ({error}); each line is one object.") from None
    if isinstance(found, dict):
        return found
    raise ValueError("is not an object; each line is one, such as {…}.")


def _read(row: Mapping[str, Any]) -> Pair:
    granularity = row.get("granularity")
    if granularity not in GRANULARITIES:
        raise ValueError(f"granularity is {granularity!r}, but must be {' or '.join(GRANULARITIES)}.")
    right = (
        _path(row.get("runbook"), "runbook"),
        *(_path(each, "also_ok") for each in _list(row, "also_ok")),
    )
    name, summary, description = (_text(row, key) for key in ("alert", "summary", "description"))
    if not (name or summary or description):
        raise ValueError("alert, summary and description are all empty; one must say something.")
    severity = _text(row, "severity") or None
    return Pair(_text(row, "id"), name, summary, description, granularity, right, severity)


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key) or ""
    if isinstance(value, str):
        return value
    raise ValueError(f"{key} is no text.")


def _list(row: Mapping[str, Any], key: str) -> list[Any]:
    value = row.get(key) or []
    if isinstance(value, list):
        return value
    raise ValueError(f"{key} is no list of paths.")


def _path(value: object, key: str) -> str:
    if isinstance(value, str) and value.strip():
        path = normpath(value.replace("\\", "/"))
        if not path.startswith(("/", "../")) and path not in (".", ".."):
            return page_id(path)
    raise ValueError(f"{key} is {value!r}, but must name a file by its path below the runbooks' directory.")

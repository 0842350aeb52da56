"""The corrections file: call-outs as people say they were; who says so, when, and why."""

import csv
import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from toban.clients.csv_text import csv_text
from toban.domain.labour.corrections import Correction, Verdict
from toban.domain.spans import Span
from toban.errors import UsageError

SAVED = re.compile(  # what a spreadsheet makes of a moment when it saves the file: 2026/11/25 1:40
    r"^([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})(?: ([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)?$"
)
REQUIRED, SPAN = ("call_out", "verdict", "by", "at", "why"), ("from", "until")


def read_corrections(path: Path, zone: ZoneInfo, now: datetime) -> Mapping[int, Correction]:
    """By line of the file; moments without an offset are on ``zone``'s clock, ``now`` is aware.

    Empty lines are passed over. Raises UsageError naming the line that cannot be used: nothing is
    corrected then.
    """
    reader = csv.DictReader(io.StringIO(csv_text(path), newline=""))
    try:
        missing = [name for name in REQUIRED if name not in (reader.fieldnames or ())]
        if missing:
            raise UsageError(f"{path} has no column {missing[0]!r}; it needs {', '.join(REQUIRED)}.")
        found: dict[int, Correction] = {}
        for row in reader:
            if None in row or any(cell and cell.strip() for cell in row.values()):
                place = f"{path}, line {reader.line_num}"
                found[reader.line_num] = _correction(place, row, zone, now)
        return _each_moment_once(path, found)
    except csv.Error as error:
        raise UsageError(f"{path} is no CSV file ({error}).") from error


def _each_moment_once(path: Path, found: Mapping[int, Correction]) -> Mapping[int, Correction]:
    """The last one said holds, so two things cannot be said at once."""
    said: dict[tuple[str, datetime], Correction] = {}
    for line, one in found.items():
        if said.setdefault((one.call_out, one.at), one) != one:
            raise UsageError(
                f"{path}, line {line}: something else was said of {one.call_out} at the same moment."
            )
    return found


def _correction(place: str, row: Mapping[str, str | None], zone: ZoneInfo, now: datetime) -> Correction:
    if None in row:
        raise UsageError(f"{place}: has more cells than the heading; put text with commas in quotes.")
    given = {column: (row.get(column) or "").strip() for column in (*REQUIRED, *SPAN)}
    empty = [column for column in ("call_out", "by", "why") if not given[column]]
    if empty:
        raise UsageError(f"{place}: {empty[0]!r} is empty; a correction says which call-out, who and why.")
    if given["verdict"] not in set(Verdict):
        raise UsageError(f"{place}: verdict {given['verdict']!r} is none of {', '.join(Verdict)}.")
    verdict, at = Verdict(given["verdict"]), _moment(place, given["at"], zone)
    if at > now:
        raise UsageError(f"{place}: 'at' lies in the future; it tells when the correction was said.")
    if verdict is not Verdict.CHANGE and (given["from"] or given["until"]):
        raise UsageError(f"{place}: only with {Verdict.CHANGE.value!r} is there another time.")
    span = _span(place, given, zone) if verdict is Verdict.CHANGE else None
    if span is not None and span.end > at:
        raise UsageError(f"{place}: it ends after 'at', when the correction was said.")
    return Correction(given["call_out"], verdict, given["by"], at, given["why"], span)


def _span(place: str, given: Mapping[str, str], zone: ZoneInfo) -> Span:
    span = Span(_moment(place, given["from"], zone), _moment(place, given["until"], zone))
    if span.start >= span.end:
        raise UsageError(f"{place}: it ends before it begins; to say that it was no call-out, withdraw it.")
    return span


def _moment(place: str, text: str, zone: ZoneInfo) -> datetime:
    try:
        moment = datetime.fromisoformat(SAVED.sub(_as_iso, text))
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(f"{place}: {text!r} is no moment such as 2026-11-25T01:40.") from None


def _as_iso(found: re.Match[str]) -> str:
    year, month, day, hour, minute, second = found.groups(default="00")
    return f"{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute}:{second}"

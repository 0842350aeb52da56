"""The corrections file: call-outs as people say they were; who says so, when, and why."""

import csv
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from toban.domain.labour.corrections import Correction, Verdict
from toban.domain.spans import Span
from toban.errors import UsageError

REQUIRED, SPAN = ("call_out", "verdict", "by", "at", "why"), ("from", "until")


def read_corrections(path: Path, zone: ZoneInfo, now: datetime) -> Mapping[int, Correction]:
    """By line of the file; moments without an offset are on ``zone``'s clock, ``now`` is aware.

    Raises UsageError naming the line that cannot be used: nothing is corrected then.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in REQUIRED if name not in (reader.fieldnames or ())]
            if missing:
                raise UsageError(f"{path} has no column {missing[0]!r}; it needs {', '.join(REQUIRED)}.")
            return {
                line: _correction(f"{path}, line {line}", row, zone, now)
                for line, row in enumerate(reader, 2)
            }
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not written in UTF-8; save it as UTF-8.") from error
    except csv.Error as error:
        raise UsageError(f"{path} is no CSV file ({error}).") from error


def _correction(place: str, row: Mapping[str, str | None], zone: ZoneInfo, now: datetime) -> Correction:
    given = {column: (row.get(column) or "").strip() for column in (*REQUIRED, *SPAN)}
    empty = [column for column in ("call_out", "by", "why") if not given[column]]
    if empty:
        raise UsageError(f"{place}: {empty[0]!r} is empty; a correction says which call-out, who and why.")
    if given["verdict"] not in set(Verdict):
        raise UsageError(f"{place}: verdict {given['verdict']!r} is none of {', '.join(Verdict)}.")
    verdict, at = Verdict(given["verdict"]), _moment(place, given["at"], zone)
    if at > now:
        raise UsageError(f"{place}: 'at' lies in the future; it tells when the correction was said.")
    span = _span(place, given, zone) if verdict is Verdict.CHANGE else None
    return Correction(given["call_out"], verdict, given["by"], at, given["why"], span)


def _span(place: str, given: Mapping[str, str], zone: ZoneInfo) -> Span:
    span = Span(_moment(place, given["from"], zone), _moment(place, given["until"], zone))
    if span.start >= span.end:
        raise UsageError(f"{place}: it ends before it begins; to say that it was no call-out, withdraw it.")
    return span


def _moment(place: str, text: str, zone: ZoneInfo) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{place}: {text!r} is no moment such as 2026-11-25T01:40.") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)

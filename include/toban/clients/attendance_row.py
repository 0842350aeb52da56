"""A line of the attendance file, read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from toban.domain.labour.attendance import Attended, Clocked, Counted
from toban.domain.local_time import DAY
from toban.errors import UsageError
from toban.settings.labour_hours import AttendanceColumns

MINUTE = timedelta(minutes=1)
CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])(?::00)?")
NUMBER = re.compile(r"[0-9]{1,4}")
DATE = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
SHOWN = 40  # characters of a cell that is refused


@dataclass(frozen=True)
class Line:
    """Where it stands, and its cells by heading."""

    file: str
    number: int
    cells: Mapping[str, str | None]

    def cell(self, column: str) -> str:
        """Without the blanks around it; empty where there is none."""
        return (self.cells.get(column) or "").strip()

    def refused(self, reason: str) -> UsageError:
        """The error that names this line."""
        return UsageError(f"{self}: {reason}.")

    def __str__(self) -> str:
        return f"{self.file}, line {self.number}"


def attended(line: Line, columns: AttendanceColumns) -> Attended:
    """Its stretch, else its sum, else nothing worked on that day; raises UsageError."""
    day = _date(line, columns.date)
    if line.cell(columns.start) or line.cell(columns.end):
        return _clocked(line, columns, day)
    if not line.cell(columns.minutes):
        return Counted(day, timedelta(), timedelta())
    return _counted(line, columns, day)


def _clocked(line: Line, columns: AttendanceColumns, day: date) -> Clocked:
    start, end = _clock(line, columns.start), _clock(line, columns.end)
    if end == start:
        raise line.refused(f"{columns.start!r} and {columns.end!r} are the same")
    if end < start:
        end += DAY  # until the next morning
    pause = _minutes(line, columns.break_minutes)
    if start >= DAY or end - start > DAY:
        raise line.refused("does not begin on its day, or is longer than 24 hours")
    if pause > end - start:
        raise line.refused("the break is longer than the work")
    return Clocked(day, start, end, pause)


def _counted(line: Line, columns: AttendanceColumns, day: date) -> Counted:
    worked, told = _minutes(line, columns.minutes), bool(line.cell(columns.night_minutes))
    night = _minutes(line, columns.night_minutes) if told else None
    if worked > DAY:
        raise line.refused("a day has no more than 1440 minutes")
    if night is not None and night > worked:
        raise line.refused("more was worked at night than in all")
    return Counted(day, worked, night if worked else timedelta())


def _date(line: Line, column: str) -> date:
    given = line.cell(column)
    found = DATE.fullmatch(given)
    try:
        if found is not None and 1900 <= int(found[1]) < 9999:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass  # as 2026-02-30
    raise line.refused(f"{given[:SHOWN]!r} is no day such as 2026-11-25")


def _clock(line: Line, column: str) -> timedelta:
    """Since midnight; 24:00 and more is on the next day."""
    given = line.cell(column)
    found = CLOCK.fullmatch(given)
    if not given:
        raise line.refused(f"has no {column!r}")
    if found is None or int(found[1]) >= 48:
        raise line.refused(
            f"{given[:SHOWN]!r} in {column!r} is no time such as 09:00, or 25:30 for after midnight"
        )
    return timedelta(hours=int(found[1]), minutes=int(found[2]))


def _minutes(line: Line, column: str) -> timedelta:
    """Of a number of minutes or hours and minutes; none where the cell is empty."""
    given = line.cell(column)
    if not given:
        return timedelta()
    if NUMBER.fullmatch(given):
        return int(given) * MINUTE
    found = CLOCK.fullmatch(given)
    if found is None:
        raise line.refused(f"{given[:SHOWN]!r} in {column!r} is no number of minutes such as 480, nor 8:00")
    return timedelta(hours=int(found[1]), minutes=int(found[2]))

"""The attendance file: who worked when, out of the company's attendance system, as CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from toban.clients.attendance_row import Line, attended
from toban.clients.csv_text import csv_text
from toban.clients.people_file import Employee
from toban.domain.labour.attendance import Attended, Clocked, Counted
from toban.errors import UsageError
from toban.settings.labour_hours import AttendanceColumns

Placed = tuple[Line, Attended]


@dataclass(frozen=True)
class Attendance:
    """``by_person`` is by PagerDuty's id; ``strangers`` are employee numbers that the people file lacks."""

    by_person: Mapping[str, tuple[Attended, ...]]
    strangers: frozenset[str] = frozenset()


def read_attendance(
    paths: Iterable[Path], columns: AttendanceColumns, employees: Mapping[str, Employee]
) -> Attendance:
    """All files together, in UTF-8 or CP932; raises UsageError naming the line that cannot be used.

    ``employees`` is the people file. A line without times says that nothing was worked on that day.
    """
    lines = [line for path in paths for line in _lines(path, columns, employees)]
    ids = _ids(employees)
    found: dict[str, list[Placed]] = {}
    strangers = set()
    for line in lines:
        person = line.cell(columns.pagerduty_id) or ids.get(line.cell(columns.employee_number))
        if person is None:
            strangers.add(line.cell(columns.employee_number))
        else:
            found.setdefault(person, []).append((line, attended(line, columns)))
    return Attendance({person: _once(rows) for person, rows in found.items()}, frozenset(strangers))


def _ids(employees: Mapping[str, Employee]) -> Mapping[str, str]:
    """PagerDuty's ids by employee number."""
    found: dict[str, str] = {}
    for person_id, employee in employees.items():
        number = employee.employee_number
        if number in found:
            raise UsageError(f"The people file gives employee number {number!r} twice; each has their own.")
        if number:
            found[number] = person_id
    return found


def _lines(path: Path, columns: AttendanceColumns, employees: Mapping[str, Employee]) -> Iterator[Line]:
    reader = csv.DictReader(io.StringIO(csv_text(path), newline=""))
    try:
        _check_heading(path, reader.fieldnames or (), columns, known=bool(employees))
        for row in reader:
            line = Line(path.name, reader.line_num, row)
            if None in row:
                raise line.refused("has more cells than the heading")
            if not any((value or "").strip() for value in row.values()):
                continue
            if not (line.cell(columns.pagerduty_id) or line.cell(columns.employee_number)):
                raise line.refused("says nobody whose it is")
            yield line
    except csv.Error as error:
        raise UsageError(f"{path}, line {reader.line_num}: is no CSV ({error}).") from error


def _check_heading(path: Path, given: Iterable[str], columns: AttendanceColumns, *, known: bool) -> None:
    names = list(given)
    used = [name for name in names if name in columns.model_dump().values()]
    twice = [name for name in used if used.count(name) > 1]
    if twice:
        raise UsageError(f"{path} has the column {twice[0]!r} twice.")
    if columns.pagerduty_id not in names and columns.employee_number not in names:
        raise UsageError(f"{path} has no column {columns.employee_number!r} or {columns.pagerduty_id!r}.")
    if columns.pagerduty_id not in names and not known:
        raise UsageError(f"{path} names people by employee number; say who they are with --people FILE.")
    if columns.date not in names:
        raise UsageError(f"{path} has no column {columns.date!r}.")
    if not {columns.start, columns.end} <= set(names) and columns.minutes not in names:
        raise UsageError(
            f"{path} has neither the columns {columns.start!r} and {columns.end!r} nor {columns.minutes!r}."
        )


def _once(rows: list[Placed]) -> tuple[Attended, ...]:
    """One person's rows; raises UsageError where they give a time twice."""
    sums: dict[date, Line] = {}
    for line, row in rows:
        if isinstance(row, Counted):
            if row.day in sums:
                raise line.refused(f"gives {row.day} again, after {sums[row.day]}")
            sums[row.day] = line
    _check_stretches([(line, row) for line, row in rows if isinstance(row, Clocked)], sums)
    return tuple(row for _, row in rows)


def _check_stretches(rows: list[tuple[Line, Clocked]], sums: Mapping[date, Line]) -> None:
    ordered = sorted(rows, key=lambda each: (each[1].day, each[1].start))
    for line, row in ordered:
        if row.day in sums:
            raise line.refused(f"gives {row.day} again, after {sums[row.day]}")
    for (before, earlier), (line, later) in pairwise(ordered):
        if (later.day - earlier.day) + later.start < earlier.end:
            raise line.refused(f"overlaps {before}")

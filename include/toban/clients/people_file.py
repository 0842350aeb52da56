"""The people file: who a PagerDuty user is to the labour office."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones

from toban.clients.csv_text import csv_text
from toban.errors import UsageError

# By PagerDuty's id: the warehouse holds no addresses.
REQUIRED, OPTIONAL = ("pagerduty_id", "employee_number", "legal_name"), "time_zone"


@dataclass(frozen=True)
class Employee:
    """A line of the file; ``time_zone`` is an IANA name, None where it is the team's."""

    employee_number: str
    legal_name: str
    time_zone: str | None = None


def read_people(path: Path) -> Mapping[str, Employee]:
    """By PagerDuty's id of the user; raises UsageError naming the line that cannot be used."""
    reader = csv.DictReader(io.StringIO(csv_text(path), newline=""))
    try:
        missing = [name for name in REQUIRED if name not in (reader.fieldnames or ())]
        if missing:
            raise UsageError(f"{path} has no column {missing[0]!r}; it needs {', '.join(REQUIRED)}.")
        return _each_once(path, (_employee(path, reader.line_num, row) for row in reader if _says(row)))
    except csv.Error as error:
        raise UsageError(f"{path} is no CSV file ({error}).") from error


def _says(row: Mapping[str, str | None]) -> bool:
    return None in row or any(cell and cell.strip() for cell in row.values())


def _each_once(path: Path, people: Iterable[tuple[str, Employee]]) -> Mapping[str, Employee]:
    found: dict[str, Employee] = {}
    for user_id, employee in people:
        if user_id in found:
            raise UsageError(f"{path} names {user_id} twice; a person has one line.")
        found[user_id] = employee
    return found


def _employee(path: Path, line: int, row: Mapping[str, str | None]) -> tuple[str, Employee]:
    if None in row:
        raise UsageError(f"{path}, line {line}: has more cells than the heading.")
    user_id, number, name = ((row[column] or "").strip() for column in REQUIRED)
    zone = (row.get(OPTIONAL) or "").strip() or None
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", user_id):
        raise UsageError(f"{path}, line {line}: {user_id!r} is no id of PagerDuty's such as PABC123.")
    if zone is not None and zone not in available_timezones():
        raise UsageError(f"{path}, line {line}: {zone!r} is no IANA time zone such as Asia/Tokyo.")
    return user_id, Employee(number, name, zone)

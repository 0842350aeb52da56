"""SQL tests as data: given rows, expected rows, one runner.

A case says which rule it shows. Rows are short: ``at`` and other moments may be seconds after Monday
2026-03-02 12:00 UTC, and what a case does not speak of gets a plain default. Of the result only the columns
that are expected are compared, all rows of the table.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from toban.clients.warehouse import Warehouse
from toban.settings import ReportingSettings

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MOMENTS = (
    "created_at",
    "resolved_at",
    "updated_at",
    "acknowledged_at",
    "assigned_at",
    "started_at",
    "ended_at",
    "moment",
    "said_at",
    "last_said_at",
    "said_needed_at",
)
DEFAULTS = {
    "incidents": {"id": "Q1", "created_at": 0, "updated_at": 0, "status": "triggered", "urgency": "high"},
    "log_entries": {"incident_id": "Q1", "agent_type": "service", "agent_id": "S1"},
    "notes": {"incident_id": "Q1"},
    "alerts": {"incident_id": "Q1"},
}
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['rule']}")
    for path in sorted(Path(__file__).parent.joinpath("cases").glob("*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module")
def writer(tmp_path_factory):
    with Warehouse(tmp_path_factory.mktemp("warehouse")).write() as writer:
        yield writer


@pytest.mark.parametrize("case", CASES)
def test_the_rule_holds(writer, case):
    writer.begin()
    try:
        fill(writer, case["given"])
        writer.rebuild_models(reporting=ReportingSettings(**case.get("reporting", {})))
        for table, expected in case["expected"].items():
            assert found(writer, table, expected) == [with_moments(row) for row in expected]
    finally:
        writer.rollback()


def fill(writer, given):
    for name, value in given.get("state", {}).items():
        writer.set_state(name, value)
    for table, rows in given.items():
        if table != "state":
            writer.merge(table, [complete(table, row, n) for n, row in enumerate(rows)])


def complete(table, row, n):
    row = with_moments(row)
    if "at" in row:
        row["created_at"] = moment(row.pop("at"))
    if "by" in row:
        row |= {"agent_type": "user", "agent_id": row.pop("by")}
    if table in {"log_entries", "notes", "alerts"}:
        row.setdefault("id", f"R{n:03d}")
    return with_moments(DEFAULTS.get(table, {})) | row


def with_moments(row):
    return {name: moment(value) if name in MOMENTS else value for name, value in row.items()}


def moment(value):
    if isinstance(value, int | float):
        return NOON + timedelta(seconds=value)
    return datetime.fromisoformat(value) if value else None


def found(writer, table, expected):
    columns = ", ".join(
        f"{name}::varchar as {name}" if name in {"week", "month"} else name for name in expected[0]
    )
    return writer.rows(f"select {columns} from {table} order by all")

"""Tables as CSV for spreadsheets: UTF-8 that Excel knows as such, and texts that stay texts."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from io import StringIO
from typing import Any

from fastapi.responses import StreamingResponse

from toban.clients.spreadsheets import harmless

BOM = "\ufeff"


def csv_answer(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingResponse:
    """A download called ``toban-<name>.csv``; moments are ISO 8601 in UTC, durations seconds."""
    headers = {"Content-Disposition": f'attachment; filename="toban-{name}.csv"'}
    return StreamingResponse(_lines(columns, rows), media_type="text/csv; charset=utf-8", headers=headers)


def rows_answer(
    name: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()
) -> StreamingResponse:
    """The same of rows that all have the same columns; ``columns`` are those of a table without a row."""
    return csv_answer(name, list(rows[0]) if rows else columns, [list(row.values()) for row in rows])


def _lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    yield BOM + _line([_cell(name) for name in columns])  # a statement names its columns
    for row in rows:
        yield _line([_cell(value) for value in row])


def _line(cells: Sequence[Any]) -> str:
    target = StringIO()
    csv.writer(target).writerow(cells)
    return target.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        value = "; ".join(str(each) for each in value)
    return harmless(value) if isinstance(value, str) else value

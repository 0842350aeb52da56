"""Tables as CSV for spreadsheets: UTF-8 that Excel knows as such, and texts that stay texts."""

import csv
from collections.abc import Iterable, Iterator, Sequence
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


def _lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    yield BOM + _line(columns)
    for row in rows:
        yield _line([_cell(value) for value in row])


def _line(cells: Sequence[Any]) -> str:
    target = StringIO()
    csv.writer(target).writerow(cells)
    return target.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return harmless(value) if isinstance(value, str) else value

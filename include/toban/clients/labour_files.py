"""The labour report as files: a workbook for people, CSV for the system that takes it."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from toban.clients.labour_look import dress
from toban.domain.labour.sheets.table import Cell, Table
from toban.errors import UsageError

ENCODINGS = {"utf-8": "utf-8-sig", "cp932": "cp932"}  # Excel takes UTF-8 for UTF-8 only where a BOM says so
NAMED = 2  # columns that say whose line it is stay in sight
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would work out instead of showing


def write_workbook(path: Path, tables: Iterable[Table]) -> None:
    """An Excel file with a sheet per table; texts that look like formulas stay texts."""
    with pd.ExcelWriter(path, engine="openpyxl") as writer:
        for table in tables:
            kept = NAMED if len(table.headings) > NAMED else 0
            _frame(table).to_excel(writer, sheet_name=table.name, index=False, freeze_panes=(1, kept))
            dress(writer.sheets[table.name])


def write_csv(path: Path, table: Table, encoding: str) -> None:
    """One table, its lines ending as RFC 4180 says; raises UsageError for text the encoding does not have."""
    try:
        _frame(table).to_csv(path, index=False, encoding=ENCODINGS[encoding], lineterminator="\r\n")
    except UnicodeEncodeError as error:
        raise UsageError(
            f"{error.object[error.start : error.end]!r} cannot be written in {encoding}; choose utf-8."
        ) from error


def _frame(table: Table) -> pd.DataFrame:
    rows = [[_harmless(cell) for cell in row] for row in table.rows]
    return pd.DataFrame(rows, columns=pd.Index(table.headings), dtype=object)


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell

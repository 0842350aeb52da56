"""The labour report as files: a workbook for people, CSV for the system that takes it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, get_args

import pandas as pd

from toban.clients.labour_look import dress
from toban.clients.spreadsheets import harmless
from toban.domain.labour.sheets.table import Table
from toban.errors import UsageError

Encoding = Literal["utf-8", "cp932"]
ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)
CODECS = {"utf-8": "utf-8-sig", "cp932": "cp932"}  # Excel takes UTF-8 for UTF-8 only where a BOM says so
NAMED = 2  # columns that say whose line it is stay in sight


def write_workbook(path: Path, tables: Iterable[Table]) -> None:
    """An Excel file with a sheet per table; texts that look like formulas stay texts.

    Only its owner may read it. Raises UsageError where it cannot be written.
    """
    with _replacing(path) as made, pd.ExcelWriter(made, engine="openpyxl") as writer:
        for table in tables:
            kept = NAMED if len(table.headings) > NAMED else 0
            _frame(table).to_excel(writer, sheet_name=table.name, index=False, freeze_panes=(1, kept))
            dress(writer.sheets[table.name])


def write_csv(path: Path, table: Table, encoding: Encoding) -> None:
    """One table, its lines ending as RFC 4180 says; only its owner may read it.

    Raises UsageError where it cannot be written, also for text that the encoding does not have.
    """
    try:
        with _replacing(path) as made:
            _frame(table).to_csv(made, index=False, encoding=CODECS[encoding], lineterminator="\r\n")
    except UnicodeEncodeError as error:
        raise UsageError(
            f"{error.object[error.start : error.end]!r} cannot be written in {encoding}; choose utf-8."
        ) from error


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A file beside it, which takes its place once it is whole."""
    made = path.with_name(f".{path.stem}.new{path.suffix}")
    try:
        made.touch(mode=0o600)
        yield made
        made.replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}).") from error
    finally:
        made.unlink(missing_ok=True)


def _frame(table: Table) -> pd.DataFrame:
    rows = [[harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in table.rows]
    return pd.DataFrame(rows, columns=pd.Index(table.headings), dtype=object)

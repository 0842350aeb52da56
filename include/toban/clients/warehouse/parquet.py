"""A result as Parquet: plain types stay what they are, nested ones become JSON text."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import orjson

from toban.clients.warehouse.connections import NO_DOWNLOADS
from toban.clients.warehouse.texts import literal
from toban.domain.console.nouns import Column, Result

# Types whose JSON values read back as they were.
PLAIN = re.compile(
    r"BOOLEAN|U?(TINY|SMALL|BIG)INT|U?INTEGER|U?HUGEINT|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\)|DATE|TIME|UUID"
    r"|TIMESTAMP( WITH TIME ZONE)?"
)


def parquet_of(result: Result) -> bytes:
    """The bytes of a Parquet file; columns of the same name are numbered from the second on."""
    names = _distinct([column.name for column in result.columns])
    kinds = ", ".join(
        f"{literal(name)}: {literal(_kind(column))}"
        for name, column in zip(names, result.columns, strict=True)
    )
    with TemporaryDirectory() as folder, duckdb.connect(config=NO_DOWNLOADS) as connection:
        source, target = Path(folder) / "rows.json", Path(folder) / "rows.parquet"
        lines = [orjson.dumps(dict(zip(names, row, strict=True))) for row in result.rows]
        source.write_bytes(b"\n".join(lines))
        connection.execute("set timezone = 'UTC'")
        read = f"read_json({literal(str(source))}, format = 'newline_delimited', columns = {{{kinds}}})"
        connection.execute(f"copy (from {read}) to {literal(str(target))} (format parquet)")
        return target.read_bytes()


def _kind(column: Column) -> str:
    return column.type if PLAIN.fullmatch(column.type) else "VARCHAR"


def _distinct(names: list[str]) -> list[str]:
    """Names in Parquet differ, in either case."""
    taken: set[str] = set()
    distinct = []
    for name in names:
        chosen, number = name, 1
        while chosen.lower() in taken:
            number += 1
            chosen = f"{name}_{number}"
        taken.add(chosen.lower())
        distinct.append(chosen)
    return distinct

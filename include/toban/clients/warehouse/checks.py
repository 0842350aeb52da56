"""Data tests: every file in sql/checks is a rule, and its query gives the rows that break it.

A file's first line is the rule as a sentence; the first column of its rows is the offender's id.
"""

import duckdb

from toban.clients.warehouse.texts import first_line, sql_files
from toban.errors import DataTestFailed

EXAMPLES = 3


def check(connection: duckdb.DuckDBPyConnection) -> int:
    """Run all data tests; how many there are. Raises DataTestFailed for the first rule that is broken."""
    tests = list(sql_files("checks"))
    for name, text in tests:
        _run(connection, name, text)
    return len(tests)


def _run(connection: duckdb.DuckDBPyConnection, name: str, text: str) -> None:
    offenders = connection.execute(text).fetchmany(EXAMPLES)
    if offenders:
        ids = ", ".join(str(row[0]) for row in offenders)
        raise DataTestFailed(
            f"Data test {name} found rows that break its rule, for example {ids}:"
            f" {first_line(text).rstrip('.')}; nothing was published, so look at these rows in PagerDuty"
            " and sync again."
        )

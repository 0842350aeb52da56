"""How DuckDB is opened: always in UTC, never fetching an extension.

The live file belongs to one writing process. DuckDB guards it with a POSIX lock, which the kernel drops as
soon as that process closes ANY handle on the file: so nothing here, and nothing elsewhere, may open, copy or
hash the live file in the writing process.
"""

from pathlib import Path

import duckdb

from toban.domain.triage.template import template

# The core needs built-in extensions only; a download in the middle of a query would be a surprise.
NO_DOWNLOADS = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
# A snapshot is read and nothing else: no file, no network, no second database.
NOTHING_ELSE = {**NO_DOWNLOADS, "enable_external_access": "false"}


def open_live(path: Path) -> duckdb.DuckDBPyConnection:
    """The live file, for writing; the caller holds the writer's lock. SQL can call `alert_template`."""
    connection = _in_utc(duckdb.connect(str(path), config=NO_DOWNLOADS))
    connection.create_function("alert_template", template, ["VARCHAR"], "VARCHAR")
    return connection


def open_read_only(path: Path) -> duckdb.DuckDBPyConnection:
    """A published snapshot; the connection can neither write nor reach outside of it."""
    return _in_utc(duckdb.connect(str(path), read_only=True, config=NOTHING_ELSE))


def open_apart(path: Path) -> duckdb.DuckDBPyConnection:
    """A snapshot that nobody reads yet, for views of others: they reach nothing outside of it."""
    config = {**NOTHING_ELSE, "python_enable_replacements": "false"}
    return _in_utc(duckdb.connect(str(path), config=config))


def open_to_export(path: Path) -> duckdb.DuckDBPyConnection:
    """A published snapshot, from which Toban's own statements may write files."""
    return _in_utc(duckdb.connect(str(path), read_only=True, config=NO_DOWNLOADS))


def another(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A further connection to the same database, for another thread; settings are not inherited."""
    return _in_utc(connection.cursor())


def _in_utc(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    connection.execute("set session timezone = 'UTC'")
    connection.execute("set session enable_progress_bar = false")
    return connection

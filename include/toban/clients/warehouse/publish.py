"""Publishing: two immutable snapshots, then one pointer that names both.

A process killed at any moment leaves the old pointer or the new one, and files nobody points to, which the
next writer removes. What everybody may read has no row about a person's load: tables and views of persons
stay out, and a notification no longer says whom it went to.
"""

import logging
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from toban.clients.warehouse import contract
from toban.clients.warehouse.beside import read_beside, write_beside
from toban.clients.warehouse.connections import open_read_only
from toban.clients.warehouse.layout import Layout, Pointer, sync_directory
from toban.clients.warehouse.leftovers import DRAFT, clean, current_pointer, newest_number
from toban.clients.warehouse.local import NO_LOCAL_MODELS, LocalModels, add_models
from toban.clients.warehouse.texts import literal, sql_files
from toban.clients.warehouse.views import restricted_views

log = logging.getLogger(__name__)

RESTRICTED_TABLES = ("incident_responders", "interruptions")


def publish(
    connection: duckdb.DuckDBPyConnection, layout: Layout, models: LocalModels = NO_LOCAL_MODELS
) -> int:
    """Publish what changed; the number of the snapshot that is current then.

    When nothing changed since the last publication, only the pointer is told how far the sync has come.
    """
    current = current_pointer(layout)
    synced_until = _synced_until(connection)
    unpublished = connection.execute("select 1 from internal.unpublished limit 1").fetchall()
    if current and not unpublished and _can_be_read(layout, current):
        if synced_until != current.synced_until:
            layout.point_to(replace(current, synced_until=synced_until))
        return current.number
    try:
        number = _publish(connection, layout, synced_until, models)
    finally:
        clean(layout)  # also after a failure: a full disk must not stay full of drafts
    connection.execute("delete from internal.unpublished")
    log.info("published snapshot %d", number)
    return number


def _publish(
    connection: duckdb.DuckDBPyConnection, layout: Layout, synced_until: str | None, models: LocalModels
) -> int:
    number = newest_number(layout) + 1  # never a name again that a reader may have open
    general, _ = _write_snapshot(connection, layout, number, models, restricted=False)
    # Only here every table is there: a model that asks for persons is broken in the general one alone.
    restricted, troubles = _write_snapshot(connection, layout, number, models, restricted=True)
    names = [str(file.relative_to(layout.directory)) for file in (general, restricted)]
    layout.point_to(Pointer(number, names[0], names[1], datetime.now(UTC).isoformat(), synced_until))
    _keep_troubles(layout, (*models.troubles, *troubles))
    return number


def _keep_troubles(layout: Layout, troubles: tuple[str, ...]) -> None:
    for trouble in troubles:
        log.warning("%s", trouble)
    before = read_beside(layout)
    if before.model_troubles != troubles:
        write_beside(layout, replace(before, model_troubles=troubles))


def _can_be_read(layout: Layout, current: Pointer) -> bool:
    """Whether both files are still there and whole, so that a sync mends what somebody deleted or broke."""
    try:
        for name in (current.general, current.restricted):
            open_read_only(layout.directory / name).close()
    except duckdb.Error:
        return False
    return True


def _synced_until(connection: duckdb.DuckDBPyConnection) -> str | None:
    row = connection.execute("select value from sync_state where name = 'synced_until'").fetchone()
    return row[0] if row else None


def _write_snapshot(
    connection: duckdb.DuckDBPyConnection,
    layout: Layout,
    number: int,
    models: LocalModels,
    *,
    restricted: bool,
) -> tuple[Path, tuple[str, ...]]:
    file = layout.snapshot(restricted, number)
    draft = file.with_name(f"{DRAFT}{number}.duckdb")
    connection.execute(f"attach {literal(str(draft))} as publication")
    try:
        _copy(connection, restricted)
    finally:
        connection.execute("detach publication")
    troubles = add_models(draft, models)
    _sync_file(draft)
    draft.replace(file)
    sync_directory(file.parent)
    return file, troubles


def _copy(connection: duckdb.DuckDBPyConnection, restricted: bool) -> None:
    connection.execute(f"copy from database {_live_name(connection)} to publication (schema)")
    connection.execute("drop schema publication.internal cascade")
    if not restricted:
        for view in restricted_views():
            connection.execute(f"drop view publication.{view}")
        for table in RESTRICTED_TABLES:
            connection.execute(f"drop table publication.{table}")
    stripped = {} if restricted else dict(sql_files("publish"))
    tables = connection.execute(
        "select table_name from duckdb_tables() where database_name = 'publication' order by table_name"
    ).fetchall()
    for (table,) in tables:
        rows = stripped.get(table, f"select * from {table}")
        connection.execute(f"insert into publication.{table} by name {rows}")
    connection.execute(
        "insert into publication.sync_state values ('contract_version', ?, now())", [str(contract.VERSION)]
    )


def _live_name(connection: duckdb.DuckDBPyConnection) -> str:
    row = connection.execute("select current_database()").fetchone()
    return str(row[0]) if row else "toban"


def _sync_file(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

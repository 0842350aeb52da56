"""The fact tables, kept up to date for the incidents that changed.

Everything is worked out again when the SQL, the hours, the fallback zone or the gap-free coverage changed, so
that an incremental rebuild always equals a full one.
"""

import hashlib
import logging
from typing import Any

import duckdb

from toban.clients.warehouse import templates
from toban.clients.warehouse.texts import filled, sql_text
from toban.settings import BusinessHours

log = logging.getLogger(__name__)

# In the order they build on each other.
TABLES = ("interruptions", "incident_responders", "incident_story", "incident_facts")
# Worked out only to make the facts from: it is gone with the connection.
STEPPING_STONES = {"incident_story"}


def rebuild_facts(connection: duckdb.DuckDBPyConnection, hours: BusinessHours, time_zone: str) -> int:
    """Bring the facts up to date; the number of incidents worked out. The caller holds a transaction.

    ``time_zone`` stands in for people whose own zone is unknown.
    """
    values = _values(hours, time_zone)
    texts = {table: filled(sql_text(f"models/{table}.sql")) for table in TABLES}
    fingerprint = _fingerprint(connection, [*texts.values(), repr(values), *templates.rules()])
    if known_fingerprint(connection, "facts") != fingerprint:
        _mark_all(connection)
        remember_fingerprint(connection, "facts", fingerprint)
    _mark_directory_changes(connection)
    changed = _count_changed(connection)
    if changed:
        templates.prepare(connection)
        for table, text in texts.items():
            _work_out(connection, table, text, values)
        templates.count_again(connection)
        connection.execute("delete from internal.changed_incidents")
        connection.execute("insert into internal.unpublished values ('incident_facts')")
        log.info("facts of %d incidents worked out", changed)
    return changed


def known_fingerprint(connection: duckdb.DuckDBPyConnection, part: str) -> str | None:
    """What a part of the models was last built from."""
    row = connection.execute("select fingerprint from internal.models_used where part = ?", [part]).fetchone()
    return row[0] if row else None


def remember_fingerprint(connection: duckdb.DuckDBPyConnection, part: str, fingerprint: str) -> None:
    """Remember what a part of the models was built from."""
    connection.execute("delete from internal.models_used where part = ?", [part])
    connection.execute("insert into internal.models_used values (?, ?)", [part, fingerprint])


def _values(hours: BusinessHours, time_zone: str) -> dict[str, Any]:
    return {
        "time_zone": time_zone,
        "business_start": hours.start,
        "business_end": hours.end,
        "sleep_from": hours.sleep_from,
        "sleep_until": hours.sleep_until,
        "weekdays": list(hours.weekdays),
    }


def _fingerprint(connection: duckdb.DuckDBPyConnection, parts: list[str]) -> str:
    coverage = connection.execute("select value from sync_state where name = 'covered_since'").fetchone()
    return hashlib.sha256("\0".join([*parts, repr(coverage)]).encode()).hexdigest()


def _mark_all(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("insert into internal.changed_incidents select id from incidents")


def _mark_directory_changes(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(sql_text("queries/mark_directory_changes.sql"))
    changes = connection.execute("select count(*) from directory_changes").fetchone()
    if changes and changes[0]:
        connection.execute("delete from internal.directory_used")
        connection.execute("insert into internal.directory_used select * from directory_now")


def _count_changed(connection: duckdb.DuckDBPyConnection) -> int:
    count = connection.execute(
        "select count(distinct incident_id) from internal.changed_incidents"
    ).fetchone()
    return int(count[0]) if count else 0


def _work_out(connection: duckdb.DuckDBPyConnection, table: str, text: str, values: dict[str, Any]) -> None:
    used = {name: value for name, value in values.items() if f"${name}" in text}
    if table in STEPPING_STONES:
        connection.execute(f"create or replace temp table {table} as {text}", used)
        return
    connection.execute(
        f"delete from {table} where incident_id in (select incident_id from internal.changed_incidents)"
    )
    connection.execute(f"insert into {table} by name {text}", used)

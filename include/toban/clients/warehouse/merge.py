"""Bulk upsert: rows go through a file of JSON lines into the engine, which keeps only what is news.

Measured with DuckDB 1.5.5: 100,000 log entries take 0.18 s as JSON lines, 0.40 s as a pandas frame and
4.8 s as one JSON parameter. There are no primary keys (an index triples the file), so the keys are here.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import orjson

KEYS: Mapping[str, tuple[str, ...]] = {
    "incidents": ("id",),
    "log_entries": ("id",),
    "notes": ("id",),
    "alerts": ("id",),
    "users": ("id",),
    "teams": ("id",),
    "services": ("id",),
    "escalation_policies": ("id",),
    "escalation_rules": ("escalation_policy_id", "level", "target_type", "target_id"),
    "schedules": ("id",),
    "oncall_shifts": ("escalation_policy_id", "level", "schedule_id", "user_id", "start_at"),
    "schedule_overrides": ("id",),
    "sync_state": ("name",),
    "sync_runs": ("id",),
    "ledger_messages": ("key",),
    "triage_models": ("version",),
    "alert_readings": ("incident_id",),
    "alert_feedback": ("incident_id", "answer"),
}
# An answer that arrives late must not undo what a newer one said.
GUARDED = {"incidents", "notes"}
# A change in these makes the facts of their incident out of date: table -> column with its id.
STORIES = {
    "incidents": "id",
    "log_entries": "incident_id",
    "notes": "incident_id",
    "alerts": "incident_id",
    "alert_feedback": "incident_id",
}
# In bytes. PagerDuty takes events of at most 512 KB, but an entry of an unknown kind is kept whole.
LARGEST_ROW = 64 * 1024 * 1024
# These say when Toban looked, not what it saw: they alone are no reason for a new snapshot.
BOOKKEEPING = {"sync_state", "sync_runs"}


def merge(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]], draft: Path
) -> int:
    """Insert or update rows by the table's key; the number of rows that were news.

    Columns no row has keep their value. Of several rows with one key the last wins, in guarded tables the
    last of those with the newest ``updated_at``. ``draft`` is the file the rows go
    through, removed afterwards. The caller holds a transaction.
    """
    if not rows:
        return 0
    columns = _given(connection, table, rows)
    _stage(connection, columns, rows, draft)
    connection.execute(_keep_news(table, list(columns)))
    news = connection.execute("select count(*) from merge_news").fetchone() or (0,)
    if news[0]:
        _store_news(connection, table, list(columns))
    return int(news[0])


def _given(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]
) -> dict[str, str]:
    described = connection.execute(f"describe {table}").fetchall()
    types = {row[0]: row[1] for row in described}
    names = {name for row in rows for name in row}
    unknown = names - types.keys()
    missing = set(KEYS[table]) - names
    if unknown or missing:
        raise ValueError(
            f"{table} has no column {sorted(unknown)}, or its key {sorted(missing)} is not given"
        )
    return {name: type_ for name, type_ in types.items() if name in names}


def _stage(
    connection: duckdb.DuckDBPyConnection,
    columns: dict[str, str],
    rows: Sequence[Mapping[str, Any]],
    draft: Path,
) -> None:
    documents = [name for name, type_ in columns.items() if type_ == "JSON"]
    try:
        with draft.open("wb") as file:
            file.writelines(_line(row, documents) for row in rows)
        connection.execute(
            f"create or replace temp table merge_rows as select * from read_json($path,"
            f" format = 'newline_delimited', columns = {columns!r}, maximum_object_size = {LARGEST_ROW})",
            {"path": str(draft)},
        )
    finally:
        draft.unlink(missing_ok=True)


def _line(row: Mapping[str, Any], documents: Sequence[str]) -> bytes:
    ready = dict(row)
    for name in documents:
        if isinstance(ready.get(name), str):
            ready[name] = orjson.Fragment(ready[name])
    return orjson.dumps(ready, option=orjson.OPT_APPEND_NEWLINE)


def _keep_news(table: str, columns: list[str]) -> str:
    key = KEYS[table]
    guarded = table in GUARDED and "updated_at" in columns
    newest = "updated_at desc nulls last, rowid desc" if guarded else "rowid desc"
    not_older = "and (t.updated_at is null or s.updated_at >= t.updated_at)" if guarded else ""
    differs = " or ".join(f"s.{name} is distinct from t.{name}" for name in columns if name not in key)
    return f"""
        create or replace temp table merge_news as
        with latest as (
            select * from merge_rows
            qualify row_number() over (partition by {", ".join(key)} order by {newest}) = 1
        )
        select s.* from latest s
        left join (select *, true as known from {table}) t on {_same(table)}
        where t.known is null or (({differs or "false"}) {not_older})
    """


def _store_news(connection: duckdb.DuckDBPyConnection, table: str, columns: list[str]) -> None:
    if table in STORIES:  # both the incident a row belonged to and the one it belongs to now
        _mark_stories(
            connection, table, f"(select t.* from {table} t semi join merge_news s on {_same(table)})"
        )
    connection.execute(_merge_news(table, columns))
    if STORIES.get(table) in columns:
        _mark_stories(connection, table, "merge_news")
    if table not in BOOKKEEPING:
        connection.execute("insert into internal.unpublished values (?)", [table])


def _merge_news(table: str, columns: list[str]) -> str:
    changes = [f"{name} = s.{name}" for name in columns if name not in KEYS[table]]
    update = f"when matched then update set {', '.join(changes)}" if changes else ""
    return f"""
        merge into {table} t using merge_news s on {_same(table)}
        {update}
        when not matched then insert ({", ".join(columns)}) values ({", ".join(f"s.{c}" for c in columns)})
    """


def _same(table: str) -> str:
    return " and ".join(f"t.{name} is not distinct from s.{name}" for name in KEYS[table])


def _mark_stories(connection: duckdb.DuckDBPyConnection, table: str, source: str) -> None:
    incident = STORIES[table]
    connection.execute(
        f"insert into internal.changed_incidents"
        f" select distinct {incident} from {source} where {incident} is not null"
    )

"""Which statements the console answers: one SELECT, of tables and functions that look at the data alone.

The engine is locked as well. This gate comes before it because DuckDB's functions of tables include some
that read files, memory addresses, settings or other SQL, and every version brings new ones: so those that
make a table are allowed by name, and everything else is refused. Of the others, few reach outside.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

# Functions that make a table out of their arguments or of the catalogue.
TABLE_FUNCTIONS = frozenset({
    "duckdb_columns", "duckdb_constraints", "duckdb_functions", "duckdb_keywords", "duckdb_schemas",
    "duckdb_tables", "duckdb_types", "duckdb_views", "generate_series", "icu_calendar_names",
    "json_each", "json_tree", "pg_timezone_names", "pragma_table_info", "range", "regexp_split_to_table",
    "repeat", "repeat_row", "summary", "unnest",
})  # fmt: skip
# Functions that show the server's settings, wait, write to logs or carry SQL within a text.
REFUSED_FUNCTIONS = frozenset({
    "current_setting", "currval", "getenv", "getvariable", "json_deserialize_sql",
    "json_execute_serialized_sql", "json_serialize_plan", "nextval", "pg_sleep", "sleep_ms", "write_log",
})  # fmt: skip
# Views of the catalogue that show settings and the server's paths.
REFUSED_TABLES = frozenset({
    "duckdb_databases", "duckdb_logs", "duckdb_secrets", "duckdb_settings", "pg_prepared_statements",
    "pg_settings", "pg_tablespace", "pragma_database_list",
})  # fmt: skip
# DuckDB takes a table's name that looks like this for a file.
FILE = re.compile(r"[/\\:*?\[]|\.[a-z0-9]+$", re.IGNORECASE)


@dataclass(frozen=True)
class Refusal:
    """``code`` is ``function``, ``table`` or ``file``; ``offset`` in bytes, None where unknown."""

    code: str
    name: str
    offset: int | None


def refusal_of(statement: Mapping[str, Any]) -> Refusal | None:
    """What must not be asked in a statement as DuckDB's ``json_serialize_sql`` gives it; the first in it."""
    found = [refusal for node in _nodes(statement) if (refusal := _refused(node))]
    return min(found, key=lambda refusal: refusal.offset or 0) if found else None


def _nodes(tree: Any) -> Iterator[Mapping[str, Any]]:
    """Every object in the tree, without recursion: its depth is the statement's."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            yield node
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node


def _refused(node: Mapping[str, Any]) -> Refusal | None:
    if node.get("type") == "TABLE_FUNCTION":
        function = node.get("function") or {}
        name = str(function.get("function_name", "")).lower()
        return None if name in TABLE_FUNCTIONS else Refusal("function", name, _offset(node))
    if node.get("type") == "BASE_TABLE":
        return _refused_table(node)
    name = str(node.get("function_name", "")).lower()
    return Refusal("function", name, _offset(node)) if name in REFUSED_FUNCTIONS else None


def _refused_table(node: Mapping[str, Any]) -> Refusal | None:
    name = str(node.get("table_name", ""))
    if name.lower() in REFUSED_TABLES:
        return Refusal("table", name, _offset(node))
    return Refusal("file", name, _offset(node)) if FILE.search(name) else None


def _offset(node: Mapping[str, Any]) -> int | None:
    offset = node.get("query_location")
    return offset if isinstance(offset, int) else None

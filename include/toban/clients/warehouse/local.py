"""Own models: SELECTs in a folder of the installation, which become views ``local_…`` in the snapshots.

They are bound on the finished file of a snapshot, by a connection that reaches nothing else, and pass the
console's gate: a view must not show what a query may not ask. As views they cost a publication no time.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from toban.clients.warehouse.comments import comment_view
from toban.clients.warehouse.connections import open_apart
from toban.clients.warehouse.facts import known_fingerprint, remember_fingerprint
from toban.clients.warehouse.texts import one_line
from toban.domain.console.gate import refusal_of
from toban.errors import QueryRefused

NAME = re.compile(r"[a-z][a-z0-9_]{0,49}")


@dataclass(frozen=True)
class LocalModels:
    """The texts by name, in the order of names, and a sentence for each file that is none."""

    texts: Sequence[tuple[str, str]] = ()
    troubles: tuple[str, ...] = ()


NO_LOCAL_MODELS = LocalModels()


def read_models(folder: Path | None) -> LocalModels:
    """The SQL files directly in that folder."""
    if folder is None:
        return NO_LOCAL_MODELS
    if not folder.is_dir():
        return LocalModels(troubles=(f"{folder} is not a folder, so no own models are built; make it.",))
    texts, troubles = [], []
    for file in sorted(folder.glob("*.sql")):
        try:
            texts.append((_name_of(file), file.read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            troubles.append(_trouble(file.stem, str(error)))
    return LocalModels(texts, tuple(troubles))


def note_changes(connection: duckdb.DuckDBPyConnection, models: LocalModels) -> None:
    """Let what changed in the texts be published, also without news. Within a transaction."""
    fingerprint = hashlib.sha256(repr(models).encode()).hexdigest() if models != NO_LOCAL_MODELS else None
    if known_fingerprint(connection, "local") != fingerprint:
        connection.execute("delete from internal.models_used where part = 'local'")
        if fingerprint:
            remember_fingerprint(connection, "local", fingerprint)
        connection.execute("insert into internal.unpublished values ('local models')")


def add_models(snapshot: Path, models: LocalModels) -> tuple[str, ...]:
    """Make the views in that file, which nobody reads yet; a sentence for each that is broken."""
    if not models.texts:
        return ()
    troubles = []
    with open_apart(snapshot) as connection:
        for name, text in models.texts:
            try:
                _add(connection, f"local_{name}", text)
            except (duckdb.Error, QueryRefused) as error:
                troubles.append(_trouble(name, one_line(error)))
    return tuple(troubles)


def _add(connection: duckdb.DuckDBPyConnection, view: str, text: str) -> None:
    _refuse_what_the_console_refuses(connection, text)
    connection.begin()
    try:
        connection.execute(f"create view {view} as {text}")
        if text.startswith("--"):
            comment_view(connection, view, text)
    except duckdb.Error:
        connection.rollback()
        raise
    connection.commit()


def _refuse_what_the_console_refuses(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    statements = connection.extract_statements(text)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise QueryRefused("a file holds exactly one SELECT")
    row = connection.execute("select json_serialize_sql(?)", [text]).fetchone()
    try:
        tree = json.loads(row[0]) if row else {}
    except RecursionError:
        raise QueryRefused("it is nested too deeply") from None
    if tree.get("error", True):
        raise QueryRefused("a file holds exactly one SELECT")
    if refusal := refusal_of(tree):
        raise QueryRefused(f"{refusal.name} is not available, as in the SQL console")


def _name_of(file: Path) -> str:
    if not NAME.fullmatch(file.stem):
        raise ValueError("a file's name is lower-case letters, digits and _, at most 50")
    return file.stem


def _trouble(name: str, why: str) -> str:
    return f"The own model {name}.sql is not built: {why.rstrip('.')}."

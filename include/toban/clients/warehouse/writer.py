"""The one who writes: rows in, facts kept up to date, snapshots out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import duckdb

from toban.clients.warehouse.beside import read_beside, write_beside
from toban.clients.warehouse.checks import check
from toban.clients.warehouse.export import exported
from toban.clients.warehouse.facts import rebuild_facts
from toban.clients.warehouse.layout import Layout
from toban.clients.warehouse.local import note_changes, read_models
from toban.clients.warehouse.merge import merge
from toban.clients.warehouse.publish import publish
from toban.clients.warehouse.stores import OpenStore
from toban.clients.warehouse.views import rebuild_views
from toban.settings import BusinessHours, ReportingSettings, WarehouseSettings

Values = Sequence[Any] | Mapping[str, Any]

PAGERDUTYS_HOURS = BusinessHours()
UTC_WEEKS = ReportingSettings()


class Writer:
    """Given by `Warehouse.write`, which holds the lock; not to be used after it."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        layout: Layout,
        settings: WarehouseSettings,
        open_store: OpenStore,
    ) -> None:
        self._connection = connection
        self._layout = layout
        self._settings = settings
        self._open_store = open_store
        self._in_transaction = False

    def begin(self) -> None:
        """Start a transaction: what follows becomes visible together, or not at all."""
        self._connection.begin()
        self._in_transaction = True

    def commit(self) -> None:
        """Keep what was written since `begin`."""
        self._connection.commit()
        self._in_transaction = False

    def rollback(self) -> None:
        """Forget what was written since `begin`."""
        self._in_transaction = False
        self._connection.rollback()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit at the end, or roll back and raise; inside another transaction it becomes part of that."""
        if self._in_transaction:
            yield
            return
        self.begin()
        try:
            yield
        except BaseException:
            with suppress(duckdb.Error):  # after a full disk there is no transaction left to roll back
                self.rollback()
            raise
        self.commit()

    def merge(self, table: str, rows: Sequence[Mapping[str, Any]]) -> int:
        """Insert or update rows by the table's key; the number that were news (see merge.py)."""
        with self.transaction():
            return merge(self._connection, table, rows, self._layout.merge_draft)

    def state(self, name: str) -> str | None:
        """What the sync remembers under that name; None before the first time."""
        row = self._connection.execute("select value from sync_state where name = ?", [name]).fetchone()
        return row[0] if row else None

    def set_state(self, name: str, value: str) -> None:
        """Remember a value; inside a transaction, together with the rows it speaks of."""
        with self.transaction():
            self._connection.execute("delete from sync_state where name = ?", [name])
            self._connection.execute("insert into sync_state values (?, ?, now())", [name, value])

    def mark_changed(self, incident_ids: Sequence[str]) -> None:
        """Have these incidents' facts worked out again; `merge` does this by itself for what it changes."""
        self._connection.execute(
            "insert into internal.changed_incidents select unnest($ids::varchar[])",
            {"ids": list(incident_ids)},
        )

    def rows(self, sql: str, params: Values = ()) -> list[dict[str, Any]]:
        """A query's rows as dicts; moments are aware, in UTC."""
        result = self._connection.execute(sql, params)
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def execute(self, sql: str, params: Values = ()) -> None:
        """Run a statement that writes; the next `publish` takes it that something changed."""
        with self.transaction():
            self._connection.execute(sql, params)
            self._connection.execute("insert into internal.unpublished values ('a statement')")

    def rebuild_models(
        self, hours: BusinessHours = PAGERDUTYS_HOURS, reporting: ReportingSettings = UTC_WEEKS
    ) -> int:
        """Work out the facts of what changed, and the views on them; the number of incidents.

        ``hours`` are business and sleep hours, on each person's own clock where a person is concerned;
        ``reporting`` gives the time zone and first day of the views' weeks. When nothing changed, nothing is
        done.
        """
        with self.transaction():
            changed = rebuild_facts(self._connection, hours, reporting.time_zone)
            rebuild_views(self._connection, hours, reporting)
        return changed

    def check(self) -> int:
        """Run the data tests; how many passed. Raises DataTestFailed for the first that does not."""
        return check(self._connection)

    def publish(self) -> int:
        """Make what was committed readable for everybody; the number of the current snapshot."""
        models = read_models(self._settings.local_models)
        with self.transaction():
            note_changes(self._connection, models)
        number = publish(self._connection, self._layout, models)
        before = read_beside(self._layout)
        after = exported(before, self._layout, number, self._settings.export, self._open_store)
        if after != before:
            write_beside(self._layout, after)
        return number

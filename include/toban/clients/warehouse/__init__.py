"""DuckDB: what happened, for questions; one file for its writer, immutable snapshots for readers."""

from toban.clients.warehouse.snapshot import Snapshot
from toban.clients.warehouse.warehouse import Warehouse
from toban.clients.warehouse.writer import Writer

__all__ = ["Snapshot", "Warehouse", "Writer"]

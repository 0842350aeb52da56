"""DuckDB: what happened, for questions; one file for its writer, immutable snapshots for readers."""

from toban.clients.warehouse.measures import GROUPS, UNITS, left_out, metrics
from toban.clients.warehouse.query import Answer, ask
from toban.clients.warehouse.snapshot import Snapshot
from toban.clients.warehouse.warehouse import Warehouse
from toban.clients.warehouse.writer import Writer

__all__ = [
    "GROUPS",
    "UNITS",
    "Answer",
    "Snapshot",
    "Warehouse",
    "Writer",
    "ask",
    "left_out",
    "metrics",
]

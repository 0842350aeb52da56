"""DuckDB: what happened, for questions; one file for its writer, immutable snapshots for readers."""

from toban.clients.warehouse.measures import (
    GROUPS,
    UNITS,
    Choice,
    left_out,
    measured,
    metrics,
    not_measured,
    rows_of_chosen,
)
from toban.clients.warehouse.query import Answer, ask
from toban.clients.warehouse.shared import SharedSnapshots
from toban.clients.warehouse.snapshot import Snapshot
from toban.clients.warehouse.warehouse import Warehouse
from toban.clients.warehouse.writer import Writer

__all__ = [
    "GROUPS",
    "UNITS",
    "Answer",
    "Choice",
    "SharedSnapshots",
    "Snapshot",
    "Warehouse",
    "Writer",
    "ask",
    "left_out",
    "measured",
    "metrics",
    "not_measured",
    "rows_of_chosen",
]

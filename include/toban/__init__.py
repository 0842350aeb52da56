"""Toban runs a company's on-call life around PagerDuty.

The package as a map, from the top down; each floor imports only from floors below it::

    cli                        the `toban` command
    wiring                     connections and settings become clients (may import airflow)
    jobs        web            one function per DAG; FastAPI apps. They never import each other
    clients                    pagerduty, slack, warehouse, ledger: I/O without decisions
    locale                     Japanese and English
    domain                     values in, values out; knows the standard library and errors alone
    errors      settings

``sandbox`` stands beside the house: a local PagerDuty and a local Slack that import nothing of it.
``tests/test_architecture.py`` holds the code to this. `open_snapshot` is for notebooks and scripts.
"""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toban.clients.warehouse import Snapshot

__version__ = "0.1.0"


def open_snapshot(directory: str | os.PathLike[str] | None = None, *, restricted: bool = False) -> "Snapshot":
    """The current snapshot, read only; ``with`` closes it, or its ``close()``.

    ``frame(sql)`` gives a pandas frame, ``rows(sql)`` dicts, ``connection`` DuckDB's own. ``directory`` is
    the warehouse's, by default what TOBAN_WAREHOUSE or toban.toml says; ``restricted`` is the snapshot with
    what concerns persons. It does not change while it is open: open it again for newer data. Raises
    NoSnapshot.
    """
    from toban.clients.warehouse.at_hand import open_at_hand  # noqa: PLC0415 - DuckDB only for who needs it

    return open_at_hand(directory, restricted=restricted)

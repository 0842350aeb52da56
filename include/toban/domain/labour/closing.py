"""A month that is closed does not change any more; what would be otherwise today is a difference."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from toban.domain.labour.figures import TeamFigures, fingerprint
from toban.domain.labour.sheets.table import Table


@dataclass(frozen=True)
class Settlement:
    """What closing a month settles: its figures and tables, and anew the figures of earlier months.

    ``earlier`` holds the closed months whose figures have changed since, and which are settled with this one.
    ``csv`` is the month in the columns of another system; without it CSV is the month's table.
    """

    month: str
    figures: TeamFigures
    tables: tuple[Table, ...]
    earlier: Mapping[str, TeamFigures] = field(default_factory=dict)
    csv: Table | None = None

    @property
    def fingerprint(self) -> str:
        """Of every figure that would be settled: what a manager approves."""
        return fingerprint({self.month: self.figures, **self.earlier})


@dataclass(frozen=True)
class Closing:
    """A month as it was closed."""

    month: str
    figures: TeamFigures
    tables: tuple[Table, ...]
    by: str
    at: datetime
    csv: Table | None = None

"""Time added up by kind of day and by day and night."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from toban.domain.labour.kinds import DayKind
from toban.domain.labour.pieces import Piece

Kind = tuple[DayKind, bool]  # the day's, and whether it is night
KINDS: tuple[Kind, ...] = tuple((kind, night) for kind in DayKind for night in (False, True))


@dataclass(frozen=True)
class Totals:
    """Elapsed time by kind: the kinds exclude each other, so they add up to what was worked."""

    by_kind: Mapping[Kind, timedelta]

    @property
    def total(self) -> timedelta:
        """All of it."""
        return sum(self.by_kind.values(), timedelta())

    @property
    def night(self) -> timedelta:
        """By night, on days of every kind."""
        return sum((self.by_kind[kind, True] for kind in DayKind), timedelta())

    def on(self, kind: DayKind) -> timedelta:
        """By day and by night, on days of that kind."""
        return self.by_kind[kind, False] + self.by_kind[kind, True]


def totals(pieces: Iterable[Piece]) -> Totals:
    """The pieces added up; every kind is there, zero where there was none."""
    by_kind = dict.fromkeys(KINDS, timedelta())
    for piece in pieces:
        by_kind[piece.kind, piece.night] += piece.span.length
    return Totals(by_kind)


def by_day(pieces: Iterable[Piece]) -> Mapping[date, timedelta]:
    """The time of each local day that has any."""
    days: dict[date, timedelta] = {}
    for piece in pieces:
        days[piece.day] = days.get(piece.day, timedelta()) + piece.span.length
    return days

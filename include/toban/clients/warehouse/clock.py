"""The local clock of a zone, in SQL that adds a number to each moment.

DuckDB's own ``at time zone`` costs twenty times as much: most of what a page took. It is still asked where
the clock is put forward or back, so that both always agree.
"""

from collections.abc import Callable
from datetime import date

from toban.clients.warehouse.snapshot import Snapshot
from toban.clients.warehouse.texts import sql_text

# No zone is further than 14 hours from UTC: what lies outside stays outside, whatever its clock shows.
MARGIN_DAYS = 2
A_DAY_US = 86_400_000_000
Stretch = tuple[int, int]  # since when, and how far the clock is ahead of UTC; both in microseconds


def local_clock(
    snapshot: Snapshot, time_zone: str, since: date | None, until: date | None
) -> Callable[[str], str]:
    """Turns a column of moments into the expression of what the zone's clock showed, a timestamp.

    It is right for moments up to the publication, and within a day of the local days ``since`` to ``until``.
    """
    values = {"time_zone": time_zone, "until": snapshot.published_at}
    rows = snapshot.rows(sql_text("queries/clock_stretches.sql"), values)
    ahead = _ahead(_reaching([(row["since_us"], row["ahead_us"]) for row in rows], since, until))
    return lambda column: f"make_timestamp(epoch_us({column}) + {ahead.format(moment=f'epoch_us({column})')})"


def _reaching(stretches: list[Stretch], since: date | None, until: date | None) -> list[Stretch]:
    """Those that touch the days."""
    first = _midnight_us(since) - MARGIN_DAYS * A_DAY_US if since else None
    last = _midnight_us(until) + MARGIN_DAYS * A_DAY_US if until else None
    ends = [start for start, _ in stretches[1:]]
    return [
        (start, ahead)
        for (start, ahead), end in zip(stretches, [*ends, None], strict=True)
        if (first is None or end is None or end > first) and (last is None or start <= last)
    ] or stretches[:1]


def _midnight_us(day: date) -> int:
    """UTC's midnight, in microseconds since 1970."""
    return (day - date(1970, 1, 1)).days * A_DAY_US


def _ahead(stretches: list[Stretch]) -> str:
    """How far the clock is ahead at a ``{moment}``."""
    *earlier, (_, last) = stretches
    ends = [start for start, _ in stretches[1:]]
    cases = [f"when {{moment}} < {end} then {ahead}" for (_, ahead), end in zip(earlier, ends, strict=True)]
    return f"case {' '.join(cases)} else {last} end" if cases else str(last)

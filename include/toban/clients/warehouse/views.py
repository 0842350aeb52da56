"""The weekly and monthly models: views over the facts, so that they are never out of date.

The reporting time zone, the first day of the week and the business and sleep hours are written into them;
they are made again when those, or their text, change.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import time

import duckdb

from toban.clients.warehouse.comments import comment_view
from toban.clients.warehouse.facts import known_fingerprint, remember_fingerprint
from toban.clients.warehouse.texts import filled, literal, sql_files
from toban.domain.triage.nouns import TRANSIENT
from toban.settings import BusinessHours, ReportingSettings

# What others build on, before what builds on it; the rest follows by name.
FOUNDATIONS = ("reported_incidents", "person_interruptions", "responder_moments")
# How many days a Sunday lies before the Monday that date_trunc('week') finds.
WEEK_SHIFTS = {"monday": "0", "sunday": "1"}


def rebuild_views(
    connection: duckdb.DuckDBPyConnection, hours: BusinessHours, reporting: ReportingSettings
) -> bool:
    """Make the views again if their text or settings changed; whether they were. Within a transaction."""
    views = list(_in_order(_literals(hours, reporting)))
    fingerprint = hashlib.sha256(repr(views).encode()).hexdigest()
    if known_fingerprint(connection, "views") == fingerprint:
        return False
    for name, text in views:
        connection.execute(f"create or replace view {name} as {text}")
        comment_view(connection, name, text)
    remember_fingerprint(connection, "views", fingerprint)
    connection.execute("insert into internal.unpublished values ('views')")
    return True


def restricted_views() -> tuple[str, ...]:
    """Views about persons, those that build on others first: the order in which they can be dropped."""
    names = [name for name, _ in sql_files("views/restricted")]
    return tuple(sorted(names, key=lambda name: name in FOUNDATIONS and FOUNDATIONS.index(name) + 1))


def _literals(hours: BusinessHours, reporting: ReportingSettings) -> dict[str, str]:
    """What the views' names stand for: a view takes no values, so they are written into it."""
    return {
        "time_zone": literal(reporting.time_zone),
        "week_shift": WEEK_SHIFTS[reporting.week_start],
        "business_start": _clock(hours.start),
        "business_end": _clock(hours.end),
        "sleep_from": _clock(hours.sleep_from),
        "sleep_until": _clock(hours.sleep_until),
        "soon_s": str(int(TRANSIENT.total_seconds())),
        "weekdays": f"[{', '.join(literal(day) for day in hours.weekdays)}]",
    }


def _clock(time_of_day: time) -> str:
    return literal(time_of_day.isoformat())


def _in_order(literals: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    texts = dict(sql_files("views")) | dict(sql_files("views/restricted"))
    for name in (*FOUNDATIONS, *sorted(texts.keys() - set(FOUNDATIONS))):
        yield name, filled(texts[name], **literals)

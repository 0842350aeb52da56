"""Uniform histories for benchmarks and limits."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.history.reading import moment, seconds_to_acknowledge
from toban.sandbox.history import seeded_history

UNTIL = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(("incidents", "entries"), [(0, 6), (1, 4), (250, 6), (100, 11)])
def test_every_incident_has_exactly_the_entries_asked_for(incidents: int, entries: int) -> None:
    history = seeded_history(incidents, entries, until=UNTIL)
    assert Counter(len(item["log_entries"]) for item in history.items) == (
        {entries: incidents} if incidents else {}
    )


def test_all_lie_in_the_asked_days_and_in_order() -> None:
    history = seeded_history(500, until=UNTIL, days=3)
    times = [moment(e["created_at"]) for item in history.items for e in item["log_entries"]]
    assert min(times) == UNTIL - timedelta(days=3)
    assert max(times) <= UNTIL
    created = [item["incident"]["created_at"] for item in history.items]
    assert created == sorted(created)
    for item in history.items:
        stamps = [entry["created_at"] for entry in item["log_entries"]]
        assert stamps == sorted(stamps)


def test_every_incident_is_acknowledged_after_a_minute_and_resolved_after_a_quarter_hour() -> None:
    for item in seeded_history(40, until=UNTIL).items:
        assert seconds_to_acknowledge(item) == 60
        incident = item["incident"]
        assert moment(incident["resolved_at"]) - moment(incident["created_at"]) == timedelta(minutes=15)


def test_identifiers_are_unique() -> None:
    history = seeded_history(3000, until=UNTIL)
    assert len({item["incident"]["id"] for item in history.items}) == 3000
    assert len({e["id"] for item in history.items for e in item["log_entries"]}) == 18000


def test_too_few_entries_or_days_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 4"):
        seeded_history(1, 3, until=UNTIL)
    with pytest.raises(ValueError, match="at least 1"):
        seeded_history(1, until=UNTIL, days=0)

"""A sync through storms of errors ends with the same warehouse as an undisturbed one."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from syncing import Account, account, contents, rows, seeded
from toban.clients.pagerduty import PagerDuty
from toban.errors import PagerDutyUnavailable
from toban.sandbox.pagerduty.wire import wire

INCIDENTS = 400
Contents = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def served() -> Iterator[Account]:
    with account(seeded(INCIDENTS)) as one:
        yield one


@pytest.fixture(scope="module")
def undisturbed(served: Account, tmp_path_factory: pytest.TempPathFactory) -> Contents:
    directory = tmp_path_factory.mktemp("undisturbed")
    served.sync(directory)
    return contents(directory)


@pytest.mark.parametrize("kind", ["429", "429-bare", "500", "cut", "drop"])
def test_a_storm_of_faults_changes_nothing(
    kind: str, served: Account, undisturbed: Contents, tmp_path: Path
) -> None:
    """Every path is struck several times in a row, but fewer times than the client tries."""
    for path in ("/log_entries", "/incidents", "/oncalls", "/users", "/services"):
        served.fault(kind, times=6, path=path)
    result = served.sync(tmp_path)
    assert result.log_entries == INCIDENTS * 6
    assert contents(tmp_path) == undisturbed


def test_faults_between_all_pages_change_nothing(
    served: Account, undisturbed: Contents, tmp_path: Path
) -> None:
    """As soon as a fault has struck, up to three times, the next one waits."""
    done, struck = threading.Event(), 0

    def disturb() -> None:
        nonlocal struck
        while not done.wait(0.01):
            if not served.app.state.faults.waiting:
                served.fault(("429", "500", "cut", "drop")[struck % 4], times=1 + struck % 3)
                struck += 1

    thread = threading.Thread(target=disturb)
    thread.start()
    try:
        served.sync(tmp_path)
    finally:
        done.set()
        thread.join()
        served.app.state.faults.waiting.clear()
    assert struck > 3
    assert contents(tmp_path) == undisturbed


def test_slow_answers_are_waited_for_and_silence_is_asked_again(
    served: Account, undisturbed: Contents, tmp_path: Path
) -> None:
    served.fault("slow", times=2, path="/log_entries", seconds=0.5)
    served.fault("timeout", times=2, path="/log_entries", seconds=2.5)
    impatient = PagerDuty("token", served.url, timeout_s=1, sleep=lambda _: None)
    served.sync(tmp_path, pagerduty=impatient)
    assert contents(tmp_path) == undisturbed


@pytest.mark.soak
def test_an_outage_in_the_middle_keeps_what_was_committed(tmp_path: Path) -> None:
    """Two windows and a bit are read before PagerDuty is gone; the next run reads only the rest."""
    with account(seeded(4000)) as big:
        big.sync(tmp_path / "undisturbed")
        big.calls()
        seen: list[float] = []

        def outage(step: Any) -> None:
            seen.append(step.share)
            if len(seen) == 2:
                big.fault("500", times=8)

        with pytest.raises(PagerDutyUnavailable):
            big.sync(tmp_path / "cut", on_progress=outage)
        first = big.calls()["GET /log_entries"]
        big.sync(tmp_path / "cut")
        second = big.calls()["GET /log_entries"]
    assert first + second <= 240 * 1.1 + 5 + 8
    assert contents(tmp_path / "cut") == contents(tmp_path / "undisturbed")


@pytest.mark.soak
def test_many_more_entries_than_pagerduty_lists_arrive_all(tmp_path: Path) -> None:
    """27,000 entries, 12,000 of them of incidents that began within one hour."""
    history = seeded(4500)
    for number, item in enumerate(history.items[1000:3000]):
        _move(item, datetime(2026, 11, 10, 10, tzinfo=UTC) + timedelta(seconds=1.8 * number))
    with account(history) as served:
        result = served.sync(tmp_path)
        assert served.calls()["GET /log_entries"] <= 270 * 1.1 + 5
    assert result.log_entries == 27_000
    assert rows(tmp_path, "select count(distinct id) as n from log_entries") == [{"n": 27_000}]


def _move(item: dict[str, Any], begin: datetime) -> None:
    """Shift the incident and its log so that it begins then."""
    incident = item["incident"]
    by = begin - datetime.fromisoformat(incident["created_at"])
    moments = ("created_at", "updated_at", "last_status_change_at", "resolved_at")
    for thing, names in [(incident, moments), *((entry, moments[:1]) for entry in item["log_entries"])]:
        for name in names:
            thing[name] = wire(datetime.fromisoformat(thing[name]) + by)

"""Opening, migrating and sharing the ledger's database."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import StatementError

from toban.clients.ledger import Claim, Intent, Ledger, Standing
from toban.errors import LedgerError

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LEASE = timedelta(seconds=20)
TOGETHER = 8


def test_migrations_are_applied_once(ledger_url: str) -> None:
    assert Ledger(ledger_url).migrate() == [
        "0001_messages.sql",
        "0002_notes.sql",
        "0003_alerts.sql",
        "0004_labour.sql",
        "0005_mentions.sql",
        "0006_readings.sql",
    ]
    assert Ledger(ledger_url).migrate() == []


def test_many_can_migrate_an_empty_ledger_at_once(ledger_url: str) -> None:
    start = threading.Barrier(TOGETHER)

    def migrate(_: int) -> list[str]:
        start.wait()
        return Ledger(ledger_url).migrate()

    with ThreadPoolExecutor(TOGETHER) as pool:
        applied = [name for names in pool.map(migrate, range(TOGETHER)) for name in names]

    assert [name[:4] for name in applied] == ["0001", "0002", "0003", "0004", "0005", "0006"]


def test_of_many_claims_at_once_exactly_one_is_granted(ledger: Ledger, ledger_url: str) -> None:
    start = threading.Barrier(TOGETHER)

    def claim(number: int) -> list[Claim]:
        mine = Ledger(ledger_url)
        start.wait()
        return [
            mine.claim(Intent(f"k/{n}", "message", f"C{number}", None, "h"), now=NOW, lease=LEASE)
            for n in range(10)
        ]

    with ThreadPoolExecutor(TOGETHER) as pool:
        claims = [each for some in pool.map(claim, range(TOGETHER)) for each in some]

    granted = [each.key for each in claims if each.standing is Standing.NEW]
    assert sorted(granted) == sorted(f"k/{n}" for n in range(10))
    assert sum(each.standing is Standing.HELD for each in claims) == 10 * (TOGETHER - 1)
    assert len(ledger.open_claims()) == 10


def test_of_many_who_take_over_a_claim_at_once_exactly_one_may_look_and_speak(
    ledger: Ledger, ledger_url: str
) -> None:
    keys = [f"k/{n}" for n in range(10)]
    for key in keys:
        ledger.claim(Intent(key, "message", "C1", None, "h"), now=NOW, lease=LEASE)
    start = threading.Barrier(TOGETHER)

    def take_over(_: int) -> list[Claim]:
        mine = Ledger(ledger_url)
        start.wait()
        intents = [Intent(key, "message", "C1", None, "h") for key in keys]
        return [mine.claim(intent, now=NOW + 2 * LEASE, lease=LEASE) for intent in intents]

    with ThreadPoolExecutor(TOGETHER) as pool:
        claims = [each for some in pool.map(take_over, range(TOGETHER)) for each in some]

    assert sorted(each.key for each in claims if each.standing is Standing.DOUBTFUL) == sorted(keys)


def test_many_confirmations_at_once_wait_for_each_other(ledger_url: str) -> None:
    Ledger(ledger_url).migrate()
    start = threading.Barrier(TOGETHER)

    def speak(number: int) -> list[bool]:
        mine = Ledger(ledger_url)
        intents = [Intent(f"k/{number}/{n}", "message", "C1", None, "h") for n in range(25)]
        claims = [mine.claim(intent, now=NOW, lease=LEASE) for intent in intents]
        start.wait()
        return [mine.confirm(claim, "C1", "1.0", "h", now=NOW) for claim in claims]

    with ThreadPoolExecutor(TOGETHER) as pool:
        confirmed = [each for some in pool.map(speak, range(TOGETHER)) for each in some]

    assert confirmed == [True] * 25 * TOGETHER


def test_a_ledger_written_by_a_newer_version_is_left_alone(ledger: Ledger, ledger_url: str) -> None:
    engine = create_engine(ledger_url)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO ledger_migrations VALUES (9999, '9999_future.sql')"))
    engine.dispose()

    with pytest.raises(LedgerError, match=r"newer Toban \(migration 9999"):
        ledger.migrate()


def test_a_naive_moment_is_a_mistake_of_the_caller(ledger: Ledger) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StatementError, match="no time zone"):
        ledger.claim(Intent("k", "message", "C1", None, "h"), now=naive, lease=LEASE)


def test_an_address_that_is_no_database_is_a_sentence() -> None:
    with pytest.raises(LedgerError, match="must begin with sqlite:/// or postgresql://"):
        Ledger("ledger.db")


def test_a_ledger_that_cannot_be_opened_is_a_sentence_without_the_password(tmp_path: Path) -> None:
    missing = tmp_path / "no" / "such" / "ledger.db"
    with pytest.raises(
        LedgerError, match=r"cannot be used .*unable to open database file.* check TOBAN_LEDGER"
    ):
        Ledger(f"sqlite:///{missing}").migrate()

    with pytest.raises(LedgerError) as refused:
        Ledger("postgresql://toban:hunter2@127.0.0.1:1/ledger").migrate()
    assert "hunter2" not in str(refused.value)
    assert "127.0.0.1" in str(refused.value)

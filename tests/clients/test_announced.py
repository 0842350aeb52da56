"""What an announcement said is remembered beside it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from toban.clients.announced import AnnouncedPeople
from toban.clients.ledger import Ledger

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


def test_the_last_word_counts_and_each_announcement_has_its_own(tmp_path: Path) -> None:
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    ledger.migrate()
    announced = AnnouncedPeople(ledger)
    assert announced.last("monday") is None
    announced.remember("monday", {"E1": {"U1": "佐藤 花子"}}, now=NOW)
    announced.remember("tuesday", {"E1": {}}, now=NOW)
    announced.remember("monday", {"E1": {"U2": "Ben"}}, now=NOW + timedelta(hours=1))
    assert announced.last("monday") == {"E1": {"U2": "Ben"}}
    assert announced.last("tuesday") == {"E1": {}}
    assert ledger.open_claims() == []

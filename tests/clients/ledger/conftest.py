"""Each test of the ledger runs on both engines it is made for."""

from pathlib import Path

import pytest

from postgres_server import postgres_server, postgres_url  # noqa: F401 - fixtures are found by their names
from toban.clients.ledger import Ledger


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty ledger's address."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def ledger(ledger_url: str) -> Ledger:
    """An empty ledger."""
    ledger = Ledger(ledger_url)
    ledger.migrate()
    return ledger

"""One generated year that all tests read, and the same split by what happened."""

from datetime import UTC, datetime

import pytest

from toban.sandbox.history import History, generate_history

UNTIL = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
TURN = datetime(2026, 7, 20, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def year() -> History:
    return generate_history(7, UNTIL, announcements_since=TURN)

from collections.abc import Iterator
from pathlib import Path

import pytest

from installation import Installation, installation


@pytest.fixture
def toban(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """A fresh installation in the environment."""
    with installation(tmp_path) as made:
        made.enter(monkeypatch)
        yield made

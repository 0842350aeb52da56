"""Two syncs at once: the second waits, or says that it did not; neither harms the other."""

import threading
from pathlib import Path

import pytest

from syncing import account, contents, seeded
from toban.errors import WarehouseBusy
from toban.jobs.sync_log import Progress
from toban.jobs.sync_runs import SyncResult


def test_the_second_sync_refuses_when_it_may_not_wait(tmp_path: Path) -> None:
    with account(seeded(50)) as served:
        refused: list[WarehouseBusy] = []

        def meanwhile(_: Progress) -> None:
            with pytest.raises(WarehouseBusy) as raised:
                served.sync(tmp_path, wait_s=0)
            refused.append(raised.value)

        served.sync(tmp_path, on_progress=meanwhile)
        served.sync(tmp_path / "alone")
    assert "sync" in str(refused[0])
    assert contents(tmp_path) == contents(tmp_path / "alone")


def test_the_second_sync_waits_and_then_has_little_to_do(tmp_path: Path) -> None:
    with account(seeded(300)) as served:
        started, results = threading.Event(), dict[str, SyncResult]()

        def second() -> None:
            started.wait(10)
            results["second"] = served.sync(tmp_path)

        thread = threading.Thread(target=second)
        thread.start()
        results["first"] = served.sync(tmp_path, on_progress=lambda _: started.set())
        thread.join()
        served.sync(tmp_path / "alone")
    assert results["first"].log_entries == 1800
    assert (results["second"].incidents, results["second"].log_entries) == (0, 0)
    assert contents(tmp_path) == contents(tmp_path / "alone")

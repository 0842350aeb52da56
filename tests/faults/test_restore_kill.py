"""kill -9 at random moments of a restore: ledger and warehouse are each the old or the new, and whole.

`TOBAN_KILLS=50` kills that often; the default is short enough for every day.
"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backups import NOW, Place, fill, without_secrets
from toban.clients.warehouse import Warehouse
from toban.jobs.backup import backup
from toban.jobs.restore import restore
from warehouse_data import add_incident

KILLS = int(os.environ.get("TOBAN_KILLS", "6"))
RESTORE = """
import pathlib, sys
from toban.clients.ledger.backup import LedgerBackup
from toban.clients.warehouse.backup import WarehouseBackup
from toban.jobs.restore import restore
ledger, warehouse = LedgerBackup(sys.argv[2]), WarehouseBackup(pathlib.Path(sys.argv[3]))
print("restoring", flush=True)
restore(pathlib.Path(sys.argv[1]), ledger=ledger, warehouse=warehouse, force=True)
print("restored", flush=True)
"""
OLD, NEW = 4, 1_000  # rows of each of the ledger's tables; incidents in the warehouse
OLD_INCIDENTS, NEW_INCIDENTS = 3, 12


@pytest.mark.soak
def test_a_restore_killed_at_any_moment_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    source = Place(f"sqlite:///{tmp_path / 'source.db'}", tmp_path / "source")
    target = Place(f"sqlite:///{tmp_path / 'target.db'}", tmp_path / "target")
    fill(source, rows=NEW, incidents=NEW_INCIDENTS)
    fill(target, rows=OLD, incidents=OLD_INCIDENTS)
    new, old = tmp_path / "new.tar.gz", tmp_path / "old.tar.gz"
    for place, path in ((source, new), (target, old)):
        backup(path, **place.parts(), version="0.1.0", now=NOW)
    before, after = without_secrets(target.rows()), without_secrets(source.rows())
    restore(old, **target.parts(), force=True)
    whole_s = restore_and_kill(new, target, None)
    chance = random.Random(1)
    for _ in range(KILLS):
        restore(old, **target.parts(), force=True)
        restore_and_kill(new, target, chance.uniform(0, whole_s))
        assert target.rows() in (before, after)
        with Warehouse(target.directory).write() as writer:  # whoever comes next finds it in order
            stored = writer.rows("select count(*) as n from incidents")[0]["n"]
            assert stored in (OLD_INCIDENTS, NEW_INCIDENTS)
            add_incident(writer, 99)
            writer.rebuild_models()
            writer.check()
            writer.publish()
        assert target.incidents() == stored + 1
        assert not (target.directory / "private" / "restoring").exists()
    restore(new, **target.parts(), force=True)
    assert (target.rows(), target.incidents()) == (after, NEW_INCIDENTS)


def restore_and_kill(archive: Path, target: Place, after_s: float | None) -> float:
    """Let another process restore, and kill it (None: let it end); how long it took."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", RESTORE, str(archive), target.ledger_url, str(target.directory)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "restoring\n"
        begun = time.monotonic()
        if after_s is not None:
            time.sleep(after_s)
            process.kill()
        else:
            assert process.stdout.readline() == "restored\n"
    return time.monotonic() - begun

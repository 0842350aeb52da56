"""What happens to a warehouse when files are broken or deleted by hand, or the disk is full."""

import errno
import os
import subprocess
import sys

import pytest

from toban.clients.warehouse import Warehouse
from toban.errors import NoSnapshot, WarehouseError
from warehouse_data import fill_a_little

FILLED = 3
# The whole writing process may write this much to one file: what a full disk does, without a disk.
GROWTH = 200_000


@pytest.fixture
def directory(tmp_path):
    directory = tmp_path / "倉庫 of 'ours'; x"
    with Warehouse(directory).write() as writer:
        fill_a_little(writer, FILLED)
        writer.rebuild_models()
        writer.publish()
    return directory


def incidents(directory):
    with Warehouse(directory).read() as snapshot:
        return snapshot.rows("select count(*) as n from incident_facts")[0]["n"]


def publish(directory):
    with Warehouse(directory).write() as writer:
        writer.rebuild_models()
        return writer.publish()


@pytest.mark.parametrize("text", ["", '{"number": 1, "gen', "[]", '{"number": 1}', "\x00\x00"])
def test_a_damaged_pointer_is_said_and_written_anew(directory, text):
    (directory / "current.json").write_text(text)
    with pytest.raises(NoSnapshot, match=r"current\.json is not as Toban wrote it"):
        incidents(directory)
    assert publish(directory) == 2
    assert incidents(directory) == FILLED


def test_without_the_pointer_no_snapshot_is_removed_and_no_name_is_used_again(directory):
    (directory / "current.json").unlink()
    with Warehouse(directory).write() as writer:
        assert (directory / "snapshots" / "snapshot_1.duckdb").exists()
        assert writer.publish() == 2
    assert incidents(directory) == FILLED


def test_what_a_failed_first_publication_left_is_removed(directory):
    (directory / "current.json").unlink()
    (directory / "restricted" / "snapshot_1.duckdb").unlink()
    with Warehouse(directory).write():
        assert not list((directory / "snapshots").iterdir())


@pytest.mark.parametrize("folder", ["snapshots", "restricted"])
@pytest.mark.parametrize("damage", ["deleted", "overwritten"])
def test_a_snapshot_deleted_or_broken_by_hand_is_published_again(directory, folder, damage):
    file = directory / folder / "snapshot_1.duckdb"
    file.unlink() if damage == "deleted" else file.write_bytes(b"garbage")
    assert publish(directory) == 2
    with Warehouse(directory).read(restricted=folder == "restricted") as snapshot:
        assert snapshot.rows("select count(*) as n from incidents") == [{"n": FILLED}]


def test_scratch_files_of_a_killed_reader_go_with_their_snapshot(directory):
    scratch = directory / "snapshots" / "snapshot_1.duckdb.tmp"
    scratch.mkdir()
    (scratch / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"spilled")
    for n in range(3):
        assert scratch.exists()
        with Warehouse(directory).write() as writer:
            writer.execute("update services set description = ?", [str(n)])
            writer.publish()
    assert not scratch.exists()


@pytest.mark.parametrize("damage", [b"garbage", b""])
def test_a_damaged_live_file_is_one_sentence_and_the_snapshots_stay(directory, damage):
    live = directory / "private" / "toban.duckdb"
    whole = live.read_bytes()
    live.write_bytes(damage or whole[:100_000])
    with pytest.raises(WarehouseError, match="toban backfill --since") as error, Warehouse(directory).write():
        pass
    assert "\n" not in str(error.value)
    assert incidents(directory) == FILLED


def test_a_place_where_nothing_can_be_written_is_one_sentence(directory):
    (directory / "private" / "writer.lock").unlink()
    (directory / "private" / "writer.lock").mkdir()
    with pytest.raises(WarehouseError, match="cannot be written") as error, Warehouse(directory).write():
        pass
    assert "this user may write there" in str(error.value)


def test_an_error_of_the_network_is_not_said_to_be_one_of_the_warehouse(directory):
    with pytest.raises(ConnectionResetError), Warehouse(directory).write():
        raise ConnectionResetError(errno.ECONNRESET, "reset")


WRITE = """
import pathlib, resource, signal, sys
from toban.clients.warehouse import Warehouse
from toban.errors import WarehouseError
from warehouse_data import add_incident
directory, most, step = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
try:
    with Warehouse(directory).write() as writer:
        if step == "merging":
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        for n in range(3, 5):
            add_incident(writer, n)
        rows = [{"id": f"N{k}", "incident_id": "Q1", "content": "x" * 1000} for k in range(3000)]
        writer.merge("notes", rows)
        writer.rebuild_models()
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        writer.publish()
except WarehouseError as error:
    print(error)
"""


@pytest.mark.parametrize("step", ["merging", "publishing"])
def test_a_full_disk_is_one_sentence_leaves_no_drafts_and_loses_nothing(directory, step):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    arguments = [sys.executable, "-c", WRITE, str(directory), str(GROWTH), step]
    told = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    assert (told.stderr, told.stdout.count("\n")) == ("", 1)
    assert "see that its disk has room" in told.stdout
    left = [file.name for folder in ("snapshots", "restricted") for file in (directory / folder).iterdir()]
    assert left == ["snapshot_1.duckdb"] * 2
    assert not (directory / "private" / "merge.jsonl").exists()
    assert incidents(directory) == FILLED
    assert publish(directory) == 2
    assert incidents(directory) == FILLED + 2

"""The export to object storage: as to a folder, through fsspec's filesystems."""

from pathlib import Path

import duckdb
import pytest
from fsspec.implementations.local import LocalFileSystem
from fsspec.implementations.memory import MemoryFileSystem

from toban.clients.warehouse import Warehouse, contract
from toban.clients.warehouse.stores import Store, store_of_environment
from toban.clients.warehouse.texts import literal
from toban.settings import WarehouseSettings
from warehouse_data import add_incident, fill_a_little

ADDRESS = "s3://toban_export@bucket/toban/"
FILES = {"toban.duckdb", *(f"{name}.parquet" for name in contract.GENERAL)}


class Bucket(MemoryFileSystem):
    """A store of its own for each test, which can be made to fail."""

    cachable = False

    def __init__(self):
        super().__init__()
        self.store, self.pseudo_dirs, self.fails_at, self.calls = {}, [""], None, []

    def put_file(self, lpath, rpath, **more):
        self._may_fail(rpath)
        super().put_file(lpath, rpath, **more)

    def mv(self, path1, path2, **more):
        self._may_fail(path2)
        super().mv(path1, path2, **more)

    def _may_fail(self, path):
        self.calls.append(path)
        if self.fails_at and self.fails_at in path:
            raise Denied("Access Denied")

    @property
    def names(self):
        return {Path(path).name for path in self.store}


class Denied(Exception):
    """What a store's library raises is its own affair."""


@pytest.fixture
def bucket():
    return Bucket()


@pytest.fixture
def warehouse(tmp_path, bucket):
    asked = []

    def open_store(address):
        asked.append(address)
        return Store(bucket, "/bucket/toban/")

    made = Warehouse(tmp_path / "warehouse", WarehouseSettings(export=ADDRESS), open_store)
    made.asked = asked
    return made


def publish(warehouse, *incidents):
    with warehouse.write() as writer:
        for n in incidents:
            add_incident(writer, n)
        writer.rebuild_models()
        return writer.publish()


def fetched(bucket, name, folder):
    file = folder / name
    file.write_bytes(bucket.cat_file(f"/bucket/toban/{name}"))
    return literal(str(file))


def test_each_publication_leaves_the_snapshot_and_a_parquet_file_per_view(warehouse, bucket, tmp_path):
    with warehouse.write() as writer:
        fill_a_little(writer, 6)
        writer.rebuild_models()
        writer.publish()
    assert warehouse.asked == [ADDRESS]
    assert bucket.names == FILES
    query = f"select sum(incidents) from read_parquet({fetched(bucket, 'service_weekly.parquet', tmp_path)})"
    assert duckdb.sql(query).fetchall() == [(6,)]
    duckdb.sql(f"attach {fetched(bucket, 'toban.duckdb', tmp_path)} as exported (read_only)")
    assert duckdb.sql("select count(*) from exported.reported_incidents").fetchall() == [(6,)]
    duckdb.sql("detach exported")


def test_nothing_is_replaced_before_everything_has_arrived(warehouse, bucket):
    publish(warehouse, 1)
    first_moved = next(at for at, path in enumerate(bucket.calls) if Path(path).name in FILES)
    arrived, moved = bucket.calls[:first_moved], bucket.calls[first_moved:]
    assert len(arrived) == len(moved) == len(FILES)
    assert all(Path(path).name.startswith(".toban_writing_") for path in arrived)


@pytest.mark.parametrize("fails_at", [".toban_writing_team_weekly", "toban.duckdb"])
def test_a_store_that_fails_keeps_nobody_from_reading_and_keeps_the_old_files(warehouse, bucket, fails_at):
    publish(warehouse, 1)
    before = {path: file.getvalue() for path, file in bucket.store.items()}
    bucket.fails_at = fails_at
    assert publish(warehouse, 2) == 2
    with warehouse.read() as snapshot:
        assert snapshot.rows("select count(*) as n from incident_facts") == [{"n": 2}]
    assert {path: file.getvalue() for path, file in bucket.store.items()} == before
    trouble = warehouse.beside().export_trouble
    assert trouble.startswith(f"Snapshots are not exported to {ADDRESS}: Access Denied; see that")


def test_a_trouble_is_said_once_while_it_lasts_and_again_when_it_comes_back(warehouse, bucket, caplog):
    bucket.fails_at = "toban.duckdb"
    for _ in range(3):
        publish(warehouse, 1)
    assert caplog.text.count("Access Denied") == 1
    bucket.fails_at = None
    publish(warehouse)
    assert (warehouse.beside().export_trouble, bucket.names) == (None, FILES)
    bucket.fails_at = "toban.duckdb"
    publish(warehouse, 2)
    assert caplog.text.count("Access Denied") == 2


def test_a_store_that_cannot_even_be_opened_is_told_in_a_sentence(tmp_path):
    def missing(_):
        raise ImportError("Install s3fs to access S3")

    warehouse = Warehouse(tmp_path, WarehouseSettings(export="s3://bucket"), missing)
    assert publish(warehouse, 1) == 1
    assert "s3://bucket: Install s3fs to access S3; see that" in warehouse.beside().export_trouble


def test_nothing_is_left_on_the_own_disk(warehouse, bucket, tmp_path):
    scratch = tmp_path / "warehouse" / "private" / "exporting"
    publish(warehouse, 1)
    scratch.mkdir()
    (scratch / "of_an_export_that_was_killed").write_text("half")
    bucket.fails_at = "toban.duckdb"
    publish(warehouse, 2)
    assert not scratch.exists()


def test_without_news_nothing_is_sent_again(warehouse, bucket):
    publish(warehouse, 1)
    bucket.calls.clear()
    publish(warehouse)
    assert bucket.calls == []


def test_an_address_without_a_connection_is_opened_by_its_own_library(tmp_path):
    store = store_of_environment(f"file://{tmp_path}/exported")
    assert (type(store.filesystem), store.root) == (LocalFileSystem, f"{tmp_path}/exported")
    (tmp_path / "exported").mkdir()
    warehouse = Warehouse(tmp_path / "warehouse", WarehouseSettings(export="s3://bucket"), lambda _: store)
    publish(warehouse, 1)
    assert {file.name for file in (tmp_path / "exported").iterdir()} == FILES

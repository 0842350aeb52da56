"""The export beside a publication: whole files or none, and never in publishing's way."""

import os

import duckdb
import pytest

from toban.clients.warehouse import Warehouse, contract
from toban.clients.warehouse.texts import literal
from toban.settings import WarehouseSettings
from warehouse_data import add_incident, fill_a_little

FILES = {"toban.duckdb", *(f"{name}.parquet" for name in contract.GENERAL)}


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "it's shared"
    folder.mkdir()
    return folder


@pytest.fixture
def warehouse(tmp_path, folder):
    return Warehouse(tmp_path / "warehouse", WarehouseSettings(export=folder))


def publish(warehouse, *incidents):
    with warehouse.write() as writer:
        for n in incidents:
            add_incident(writer, n)
        writer.rebuild_models()
        return writer.publish()


def names(folder):
    return {file.name for file in folder.iterdir()}


def asked(file, query):
    with duckdb.connect(str(file) if file else ":memory:", read_only=bool(file)) as connection:
        return connection.execute(query).fetchall()


def in_parquet(folder, what, view):
    return asked(None, f"select {what} from read_parquet({literal(f'{folder}/{view}.parquet')})")


def test_each_publication_leaves_the_snapshot_and_a_parquet_file_per_view(warehouse, folder):
    with warehouse.write() as writer:
        fill_a_little(writer, 6)
        writer.rebuild_models()
        writer.publish()
    assert names(folder) == FILES
    assert asked(folder / "toban.duckdb", "select count(*) from reported_incidents") == [(6,)]
    assert in_parquet(folder, "sum(incidents)", "service_weekly") == [(6,)]
    assert in_parquet(folder, "typeof(any_value(team_ids))", "incident_facts") == [("VARCHAR[]",)]


def test_nothing_about_persons_is_exported(warehouse, folder):
    publish(warehouse, 1)
    tables = {name for (name,) in asked(folder / "toban.duckdb", "select table_name from duckdb_tables()")}
    assert not tables & {"interruptions", "incident_responders"}
    assert not {f"{name}.parquet" for name in contract.RESTRICTED} & names(folder)


def test_a_parquet_file_says_the_contracts_version(warehouse, folder):
    publish(warehouse, 1)
    file = folder / "team_weekly.parquet"
    query = f"select value from parquet_kv_metadata({literal(str(file))})"
    assert (str(contract.VERSION).encode(),) in asked(None, query)


def test_the_next_publication_replaces_the_files_and_leaves_others_alone(warehouse, folder):
    publish(warehouse, 1)
    (folder / "mine.parquet").write_text("mine")
    (folder / ".toban_writing_team_weekly.parquet").write_text("of an export that was killed")
    publish(warehouse, 2)
    assert in_parquet(folder, "count(*)", "reported_incidents") == [(2,)]
    assert names(folder) == FILES | {"mine.parquet"}


def test_a_reader_keeps_the_file_it_has_open(warehouse, folder):
    publish(warehouse, 1)
    with duckdb.connect(str(folder / "toban.duckdb"), read_only=True) as reader:
        publish(warehouse, 2)
        assert reader.execute("select count(*) from incident_facts").fetchall() == [(1,)]


def test_a_folder_that_is_not_there_does_not_keep_anybody_from_reading(warehouse, folder, caplog):
    folder.rmdir()
    assert publish(warehouse, 1) == 1
    with warehouse.read() as snapshot:
        assert snapshot.number == 1
    trouble = warehouse.beside().export_trouble
    assert trouble.startswith(f"Snapshots are not exported to {folder}: ")
    assert trouble in caplog.text
    assert not folder.exists()  # an unmounted disk must not fill the local one


def test_once_the_folder_is_back_the_next_sync_exports_without_news(warehouse, folder):
    folder.rmdir()
    publish(warehouse, 1)
    folder.mkdir()
    assert publish(warehouse) == 1
    assert names(folder) == FILES
    assert warehouse.beside().export_trouble is None


def test_a_failure_in_the_middle_leaves_the_old_files_and_no_drafts(warehouse, folder):
    publish(warehouse, 1)
    before = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    (folder / ".toban_writing_team_weekly.parquet").mkdir()
    publish(warehouse, 2)
    assert warehouse.beside().export_trouble
    assert {name: (folder / name).stat().st_mtime_ns for name in before} == before
    assert names(folder) == FILES | {".toban_writing_team_weekly.parquet"}


def test_without_news_nothing_is_written_again(warehouse, folder):
    publish(warehouse, 1)
    os.utime(folder / "toban.duckdb", (1, 1))
    publish(warehouse)
    assert (folder / "toban.duckdb").stat().st_mtime == 1


def test_without_the_setting_its_trouble_is_forgotten(warehouse, folder, tmp_path):
    folder.rmdir()
    publish(warehouse, 1)
    without = Warehouse(tmp_path / "warehouse")
    publish(without)
    assert without.beside().export_trouble is None

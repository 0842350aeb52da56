"""`toban.open_snapshot()`, as a notebook uses it."""

import duckdb
import pytest

import toban
from toban.clients.warehouse import Warehouse
from toban.errors import NoSnapshot
from warehouse_data import fill_a_little


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    directory = tmp_path_factory.mktemp("warehouse")
    with Warehouse(directory).write() as writer:
        fill_a_little(writer, 3)
        writer.rebuild_models()
        writer.publish()
    return directory


def test_a_query_is_a_pandas_frame_with_aware_moments(directory):
    with toban.open_snapshot(directory) as snapshot:
        frame = snapshot.frame("select incident_id, created_at from incident_facts order by 1")
    assert list(frame["incident_id"]) == ["Q0", "Q1", "Q2"]
    assert str(frame["created_at"].dt.tz) == "UTC"


def test_values_are_bound(directory):
    with toban.open_snapshot(directory) as snapshot:
        frame = snapshot.frame("select urgency from incident_facts where incident_id = $id", {"id": "Q1"})
    assert list(frame["urgency"]) == ["high"]


def test_nothing_can_be_written(directory):
    with toban.open_snapshot(directory) as snapshot, pytest.raises(duckdb.Error, match="read-only"):
        snapshot.connection.execute("delete from incidents")


def test_it_is_closed_afterwards(directory):
    with toban.open_snapshot(directory) as snapshot:
        connection = snapshot.connection
    with pytest.raises(duckdb.ConnectionException):
        connection.execute("select 1")


def test_persons_are_in_the_restricted_snapshot(directory):
    with toban.open_snapshot(directory, restricted=True) as snapshot:
        assert "user_id" in snapshot.frame("select * from interruptions limit 0").columns


def test_the_environment_names_the_directory(directory, monkeypatch):
    monkeypatch.setenv("TOBAN_WAREHOUSE", str(directory))
    with toban.open_snapshot() as snapshot:
        assert snapshot.path.parent.parent == directory


def test_nothing_published_is_said(tmp_path):
    with pytest.raises(NoSnapshot, match="Nothing has been published"):
        toban.open_snapshot(tmp_path)

import stat

import pytest

from toban.clients.warehouse import Warehouse
from toban.errors import NoSnapshot
from warehouse_data import add_incident, fill_a_little


@pytest.fixture
def warehouse(tmp_path):
    warehouse = Warehouse(tmp_path)
    with warehouse.write() as writer:
        fill_a_little(writer, 6)
        writer.set_state("synced_until", "2026-03-05T12:00:00+00:00")
        writer.rebuild_models()
        writer.publish()
    return warehouse


def publish_another(warehouse, n):
    with warehouse.write() as writer:
        add_incident(writer, n)
        writer.rebuild_models()
        return writer.publish()


def count(snapshot):
    return snapshot.rows("select count(*) as n from incident_facts")[0]["n"]


def tables(snapshot):
    rows = snapshot.rows(
        "select table_name from information_schema.tables where table_catalog = current_database()"
    )
    return {row["table_name"] for row in rows}


def test_before_the_first_publication_there_is_no_snapshot(tmp_path):
    with pytest.raises(NoSnapshot, match="toban sync"), Warehouse(tmp_path).read():
        pass


def test_what_is_published_can_be_read(warehouse):
    with warehouse.read() as snapshot:
        assert count(snapshot) == 6
        assert snapshot.number == 1
        assert snapshot.synced_until.isoformat() == "2026-03-05T12:00:00+00:00"


def test_what_is_not_published_cannot_be_read_yet(warehouse):
    with warehouse.write() as writer:
        add_incident(writer, 6)
        writer.rebuild_models()
        with warehouse.read() as snapshot:
            assert count(snapshot) == 6


def test_an_open_snapshot_does_not_change_while_newer_ones_are_published(warehouse):
    with warehouse.read() as old:
        for n in range(6, 11):
            publish_another(warehouse, n)
        assert count(old) == 6
    with warehouse.read() as new:
        assert count(new) == 11


def test_the_current_snapshot_and_the_two_before_it_are_kept(warehouse, tmp_path):
    for n in range(6, 11):
        publish_another(warehouse, n)
    for folder in ("snapshots", "restricted"):
        names = sorted(file.name for file in (tmp_path / folder).iterdir())
        assert names == ["snapshot_4.duckdb", "snapshot_5.duckdb", "snapshot_6.duckdb"]


def test_when_nothing_changed_nothing_is_published(warehouse):
    with warehouse.write() as writer:
        assert writer.rebuild_models() == 0
        assert writer.publish() == 1


def test_an_idle_sync_still_says_how_far_it_came(warehouse):
    with warehouse.write() as writer:
        writer.set_state("synced_until", "2026-03-06T00:00:00+00:00")
        assert writer.publish() == 1
    with warehouse.read() as snapshot:
        assert snapshot.synced_until.isoformat() == "2026-03-06T00:00:00+00:00"


def test_what_concerns_persons_is_in_the_restricted_snapshot_alone(warehouse):
    with warehouse.read(restricted=True) as restricted, warehouse.read() as general:
        private = tables(restricted) - tables(general)
        assert tables(general) < tables(restricted)
    assert private == {
        "incident_responders", "interruptions", "person_deeds", "person_interruptions",
        "responder_moments", "responder_weekly", "responder_monthly",
    }  # fmt: skip


def test_the_general_snapshot_does_not_say_whom_a_notification_went_to(warehouse):
    query = "select * from log_entries where type = 'notify'"
    with warehouse.read() as general, warehouse.read(restricted=True) as restricted:
        told = general.rows(query)
        assert len(told) == len(restricted.rows(query)) == 12
    assert {(row["user_id"], row["summary"], row["details"]) for row in told} == {(None, None, None)}


def test_the_general_snapshot_does_not_say_how_many_notification_rules_somebody_has(warehouse):
    with warehouse.write() as writer:
        writer.merge("users", [{"id": "U1", "notification_rules": 0}])
        writer.publish()
    query = "select name, notification_rules from users where id = 'U1'"
    with warehouse.read() as general, warehouse.read(restricted=True) as restricted:
        assert general.rows(query) == [{"name": "Aiko", "notification_rules": None}]
        assert restricted.rows(query) == [{"name": "Aiko", "notification_rules": 0}]


def test_the_writers_own_tables_are_not_published(warehouse):
    with warehouse.read(restricted=True) as snapshot:
        schemas = snapshot.rows("select distinct schema_name from duckdb_tables()")
    assert schemas == [{"schema_name": "main"}]


@pytest.mark.usefixtures("warehouse")
def test_only_the_owner_may_enter_what_concerns_persons(tmp_path):
    for folder in ("private", "restricted"):
        assert stat.S_IMODE((tmp_path / folder).stat().st_mode) == 0o700


def test_left_over_drafts_and_snapshots_are_removed_by_the_next_writer(warehouse, tmp_path):
    names = (
        ".publishing_2.duckdb",
        ".publishing_2.duckdb.wal",
        "snapshot_2.duckdb",
        "../private/merge.jsonl",
    )
    left = [tmp_path / "snapshots" / name for name in names]
    for file in left:
        file.write_bytes(b"half a file")
    with warehouse.write():
        pass
    assert not any(file.exists() for file in left)
    assert publish_another(warehouse, 6) == 2


def test_a_snapshot_cannot_be_written_and_reaches_nothing_outside(warehouse):
    with warehouse.read() as snapshot:
        with pytest.raises(Exception, match="read-only"):
            snapshot.rows("delete from incidents")
        with pytest.raises(Exception, match="disabled by configuration"):
            snapshot.rows("select * from read_text('/etc/hostname')")


def test_a_warehouse_of_a_newer_toban_is_refused(warehouse):
    with warehouse.write() as writer:
        writer.execute("insert into internal.migrations values ('9999_future', now())")
    with pytest.raises(Exception, match="9999_future"), warehouse.write():
        pass


def test_a_frame_holds_the_same_rows(warehouse):
    with warehouse.read() as snapshot:
        frame = snapshot.frame("select incident_id from incident_facts order by 1")
    assert list(frame["incident_id"]) == ["Q0", "Q1", "Q2", "Q3", "Q4", "Q5"]

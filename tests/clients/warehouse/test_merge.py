from datetime import UTC, datetime, timedelta

import pytest

from toban.clients.warehouse import Warehouse

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def writer(tmp_path):
    with Warehouse(tmp_path).write() as writer:
        yield writer


def title(writer):
    return writer.rows("select title from incidents where id = 'Q1'")[0]["title"]


def test_a_row_is_inserted_and_then_updated(writer):
    writer.merge("incidents", [{"id": "Q1", "title": "old", "updated_at": NOON}])
    writer.merge("incidents", [{"id": "Q1", "title": "new", "updated_at": NOON + timedelta(seconds=1)}])
    assert title(writer) == "new"
    assert len(writer.rows("select * from incidents")) == 1


def test_an_older_answer_does_not_undo_a_newer_one(writer):
    writer.merge("incidents", [{"id": "Q1", "title": "new", "updated_at": NOON}])
    assert writer.merge("incidents", [{"id": "Q1", "title": "old", "updated_at": NOON - timedelta(1)}]) == 0
    assert title(writer) == "new"


def test_an_answer_of_the_same_moment_that_says_more_is_taken(writer):
    writer.merge("incidents", [{"id": "Q1", "title": "a", "updated_at": NOON}])
    assert writer.merge("incidents", [{"id": "Q1", "title": "b", "updated_at": NOON}]) == 1
    assert title(writer) == "b"


def test_the_last_row_of_a_batch_wins(writer):
    rows = [{"id": "Q1", "title": name, "updated_at": NOON} for name in ("first", "second", "third")]
    assert writer.merge("incidents", rows) == 1
    assert title(writer) == "third"


def test_within_a_batch_the_newest_row_wins_over_the_last(writer):
    newer = {"id": "Q1", "title": "newer", "updated_at": NOON}
    writer.merge("incidents", [newer, {"id": "Q1", "title": "older", "updated_at": NOON - timedelta(1)}])
    assert title(writer) == "newer"


def test_columns_that_are_not_given_keep_their_value(writer):
    writer.merge("services", [{"id": "S1", "name": "web", "description": "the shop"}])
    writer.merge("services", [{"id": "S1", "name": "shop"}])
    assert writer.rows("select name, description from services") == [
        {"name": "shop", "description": "the shop"}
    ]


def test_the_same_rows_again_are_no_news_and_mark_nothing(writer):
    rows = [{"id": "R1", "incident_id": "Q1", "type": "assign", "created_at": NOON, "assignee_ids": ["U1"]}]
    assert writer.merge("log_entries", rows) == 1
    writer.execute("delete from internal.changed_incidents")
    assert writer.merge("log_entries", rows) == 0
    assert writer.rows("select * from internal.changed_incidents") == []


def test_a_new_log_entry_marks_its_incident_as_changed(writer):
    writer.merge("log_entries", [{"id": "R1", "incident_id": "Q7", "type": "trigger", "created_at": NOON}])
    assert writer.rows("select * from internal.changed_incidents") == [{"incident_id": "Q7"}]


def test_documents_are_taken_as_values_and_as_text(writer):
    rows = [{"id": "A1", "details": {"host": "db-1"}}, {"id": "A2", "details": '{"host": "db-2"}'}]
    writer.merge("alerts", rows)
    hosts = writer.rows("select details ->> 'host' as host from alerts order by id")
    assert hosts == [{"host": "db-1"}, {"host": "db-2"}]


def test_a_permanent_shift_without_a_start_is_stored_once(writer):
    shift = {"escalation_policy_id": "E1", "level": 1, "schedule_id": None, "user_id": "U1", "start_at": None}
    writer.merge("oncall_shifts", [shift])
    writer.merge("oncall_shifts", [{**shift, "end_at": NOON}])
    assert writer.rows("select end_at from oncall_shifts") == [{"end_at": NOON}]


def test_an_unknown_column_is_refused_by_name(writer):
    with pytest.raises(ValueError, match="phone"):
        writer.merge("users", [{"id": "U1", "phone": "+1"}])


def test_text_that_looks_like_sql_is_only_text(writer):
    hostile = "'); drop table incidents; --"
    writer.merge("incidents", [{"id": "Q1", "title": hostile, "updated_at": NOON}])
    assert title(writer) == hostile


def test_moments_come_back_aware_and_in_utc(writer):
    writer.merge("incidents", [{"id": "Q1", "created_at": "2026-03-02T21:00:00+09:00"}])
    (row,) = writer.rows("select created_at from incidents")
    assert row["created_at"] == NOON
    assert row["created_at"].utcoffset() == timedelta(0)


def test_what_was_written_in_a_transaction_that_fails_is_gone(writer):
    def write_and_fail():
        with writer.transaction():
            writer.merge("teams", [{"id": "T1", "name": "web"}])
            writer.set_state("synced_until", "2026-03-02T12:00:00Z")
            raise ConnectionError

    with pytest.raises(ConnectionError):
        write_and_fail()
    assert writer.rows("select * from teams") == []
    assert writer.state("synced_until") is None

"""The engine of the console, each query in its own process."""

import threading

import pytest

from toban.clients.console import process
from toban.clients.console.console import Console
from toban.clients.console.turns import Turns
from toban.clients.warehouse import Warehouse
from toban.domain.console.nouns import LONGEST_STATEMENT, Limits
from toban.errors import ConsoleFull, NoSnapshot, QueryRefused, QueryStopped
from warehouse_data import fill_a_little

NEVER_ENDING = "select levenshtein(repeat('a', 200000), repeat('b', 200000))"  # heeds no interrupt


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    directory = tmp_path_factory.mktemp("warehouse")
    with Warehouse(directory).write() as writer:
        fill_a_little(writer, 3)
        writer.rebuild_models()
        writer.publish()
    return directory


@pytest.fixture(scope="module")
def console(directory):
    return Console(directory)


def ask(console, sql, **options):
    return console.ask(sql, who="alice", **options)


def test_a_select_is_answered_with_columns_types_and_rows(console):
    result = ask(
        console, "select incident_id, created_at, urgency = 'high' as high from incident_facts order by 1"
    )
    assert [(column.name, column.type) for column in result.columns] == [
        ("incident_id", "VARCHAR"),
        ("created_at", "TIMESTAMP WITH TIME ZONE"),
        ("high", "BOOLEAN"),
    ]
    assert result.rows[0][0] == "Q0"
    assert result.rows[0][1].endswith("+00:00")
    assert (len(result.rows), result.truncated) == (3, False)


def test_values_that_json_has_not_are_text(console):
    result = ask(
        console,
        "select 9007199254740993, 1.50::decimal(4, 2), 'inf'::double, '\\xFF'::blob, date '2026-11-28', "
        "interval 90 minute, [1, null], {'a': 'あ'}, map(['k'], [1])",
    )
    assert result.rows == [
        ["9007199254740993", "1.50", "inf", "ff", "2026-11-28", "1:30:00", [1, None], {"a": "あ"}, {"k": 1}]
    ]


@pytest.mark.parametrize(
    ("sql", "code", "place"),
    [
        ("selec 1", "engine", (1, 1)),
        ("select 1,\n  'あ', no_function(1)", "engine", (2, 8)),
        ("select no_column from incident_facts", "engine", (1, 8)),
        ("from read_text('/etc/passwd')", "function", (1, 6)),
        ("from duckdb_settings()", "function", (1, 6)),
        ("from 'a.csv'", "file", (1, 6)),
        ("from pg_settings", "table", (1, 6)),
        ("select 1; select 2", "statement", None),
        ("pragma version", "statement", None),
        ("explain analyze select 1", "statement", None),
        ("", "statement", None),
        ("select 1\0; drop table incidents", "zero", (1, 9)),
        ("select " + "x" * LONGEST_STATEMENT, "long", None),
    ],
)
def test_a_refusal_says_why_and_where(console, sql, code, place):
    with pytest.raises(QueryRefused) as refusal:
        ask(console, sql)
    assert (refusal.value.code, refusal.value.place) == (code, place)


def test_the_engine_is_locked_behind_the_gate_too(console):
    columns = ask(
        console, "select table_name, comment from duckdb_tables() where table_name = 'incident_facts'"
    )
    assert columns.rows == [["incident_facts", "One row per incident."]]


def test_a_long_result_is_cut_and_says_so(console):
    result = ask(console, "from range(100000000000)", limits=Limits(rows=1_000, size=1_000_000))
    assert (len(result.rows), result.rows[-1], result.truncated) == (1_000, [999], True)


def test_a_wide_result_is_cut_by_its_size(console):
    wide = "select repeat('x', 1000) as x from range(1000)"
    result = ask(console, wide, limits=Limits(rows=1_000, size=10_500))
    assert (len(result.rows), result.truncated) == (10, True)


def test_exactly_as_many_rows_as_fit_are_not_cut(console):
    result = ask(console, "from range(400)", limits=Limits(rows=400, size=1_000_000))
    assert (len(result.rows), result.truncated) == (400, False)


def test_no_rows_still_have_columns(console):
    result = ask(console, "select 1 as one where false")
    assert ([column.name for column in result.columns], result.rows) == (["one"], [])


def test_what_heeds_no_interrupt_is_killed_at_the_deadline(directory):
    with pytest.raises(QueryStopped) as stop:
        ask(Console(directory, deadline_s=1), NEVER_ENDING)
    assert stop.value.code == "time"


def test_what_takes_too_much_memory_is_stopped(console):
    with pytest.raises(QueryStopped) as stop:
        ask(console, "select printf('%2000000000d', 1)")
    assert stop.value.code == "memory"


def test_the_process_sees_nothing_of_the_servers_environment(monkeypatch):
    monkeypatch.setenv("TOBAN_SECRET", "hush")
    monkeypatch.setattr(process, "PROGRAM", ("-c", "import os; print(sorted(os.environ))"))
    seen = process.ask_child({}, Limits(1, 1), deadline_s=5).decode()
    assert "LANG" in seen
    assert "TOBAN_SECRET" not in seen


def test_persons_are_in_the_restricted_snapshot_alone(console):
    with pytest.raises(QueryRefused):
        ask(console, "from interruptions")
    assert ask(console, "from interruptions limit 0", restricted=True).columns


def test_nothing_published_is_said(tmp_path):
    with pytest.raises(NoSnapshot):
        ask(Console(tmp_path), "select 1")


def test_a_snapshot_that_vanished_is_said(directory, tmp_path):
    (tmp_path / "current.json").write_bytes((directory / "current.json").read_bytes())
    with pytest.raises(NoSnapshot):
        ask(Console(tmp_path), "select 1")


def held(turns, *names):
    """Turns taken by these persons; call what it returns to end them."""
    ended, taken = threading.Event(), threading.Barrier(len(names) + 1)

    def hold(name):
        with turns.take(name):
            taken.wait()
            ended.wait()

    threads = [threading.Thread(target=hold, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    taken.wait()

    def end():
        ended.set()
        for thread in threads:
            thread.join()

    return end


def test_a_full_queue_says_so_and_then_answers_again():
    turns = Turns(at_once=2, waiting=0, each=2, patience_s=0.1)
    end = held(turns, "alice", "bob")
    with pytest.raises(ConsoleFull, match="2 queries"), turns.take("carol"):
        pass
    end()
    with turns.take("carol"):
        pass


def test_one_person_cannot_take_every_turn():
    turns = Turns(at_once=3, waiting=3, each=1, patience_s=0.1)
    end = held(turns, "alice")
    with pytest.raises(ConsoleFull, match="your queries"), turns.take("alice"):
        pass
    with turns.take("bob"):
        pass
    end()


def test_who_waits_too_long_is_told():
    turns = Turns(at_once=1, waiting=1, each=1, patience_s=0.05)
    end = held(turns, "alice")
    with pytest.raises(ConsoleFull, match="No turn"), turns.take("bob"):
        pass
    end()

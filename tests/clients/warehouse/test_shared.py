"""Snapshots shared by many readers: opened once, answers kept until the next is published."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from toban.clients.warehouse import SharedSnapshots, Warehouse
from toban.clients.warehouse.shared import Answers
from toban.errors import NoSnapshot, WarehouseError
from warehouse_data import add_incident

COUNT = "select count(*) as n from incidents"


def publish(directory, *numbers):
    with Warehouse(directory).write() as writer:
        for n in numbers:
            add_incident(writer, n)
        writer.rebuild_models()
        writer.publish()


def ask(snapshots, sql=COUNT, params=(), *, restricted=False):
    with snapshots.read(restricted=restricted) as snapshot:
        return snapshot.rows(sql, params)


def test_a_new_publication_is_seen_at_once_and_an_old_reader_keeps_what_it_had(tmp_path):
    publish(tmp_path, 1)
    snapshots = SharedSnapshots(tmp_path)
    with snapshots.read() as old:
        assert old.rows(COUNT) == [{"n": 1}]
        publish(tmp_path, 2, 3)
        assert ask(snapshots) == [{"n": 3}]
        assert old.rows("select count(*) as m from incidents") == [{"m": 1}]


def test_how_far_the_sync_has_come_is_known_also_where_nothing_changed(tmp_path):
    publish(tmp_path, 1)
    snapshots = SharedSnapshots(tmp_path)
    ask(snapshots)
    with Warehouse(tmp_path).write() as writer:
        writer.set_state("synced_until", "2026-03-22T03:00:00+00:00")
        writer.publish()
    with snapshots.read() as snapshot:
        assert (snapshot.number, str(snapshot.synced_until)) == (1, "2026-03-22 03:00:00+00:00")


def test_a_question_asked_again_is_not_computed_again(tmp_path):
    publish(tmp_path, 1)
    snapshots = SharedSnapshots(tmp_path)
    drawn = "select random() as r, $x as x"
    first = ask(snapshots, drawn, {"x": 1})
    assert ask(snapshots, drawn, {"x": 1}) == first
    assert ask(snapshots, drawn, {"x": 2}) != first
    publish(tmp_path, 2)
    assert ask(snapshots, drawn, {"x": 1}) != first


def test_what_a_caller_does_to_its_rows_stays_with_it(tmp_path):
    publish(tmp_path, 1)
    snapshots = SharedSnapshots(tmp_path)
    ask(snapshots)[0]["n"] = 99
    assert ask(snapshots) == [{"n": 1}]


def test_the_two_snapshots_do_not_answer_for_each_other(tmp_path):
    publish(tmp_path, 1)
    snapshots = SharedSnapshots(tmp_path)
    who = "select count(user_id) as n from log_entries where type = 'notify'"
    assert ask(snapshots, who, restricted=True) == [{"n": 2}]
    assert ask(snapshots, who) == [{"n": 0}]


def test_moments_are_aware_for_every_reader(tmp_path):
    publish(tmp_path, 1)
    for _ in range(2):
        (row,) = ask(SharedSnapshots(tmp_path), "select created_at from incidents")
        assert row["created_at"].isoformat() == "2026-03-02T23:00:00+00:00"


def test_nothing_published_is_said(tmp_path):
    with pytest.raises(NoSnapshot), SharedSnapshots(tmp_path).read():
        pass


def test_many_threads_ask_at_once(tmp_path):
    publish(tmp_path, 1, 2)
    snapshots = SharedSnapshots(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: ask(snapshots, COUNT + f" where {n % 5} >= 0"), range(100)))
    assert answers == [[{"n": 2}]] * 100


def test_a_question_that_fails_may_be_asked_again(tmp_path):
    publish(tmp_path, 1)
    snapshots = SharedSnapshots(tmp_path)
    for _ in range(2):
        with pytest.raises(WarehouseError):
            ask(snapshots, "select nothing_like_it from incidents")


def test_who_asks_the_same_meanwhile_waits_for_the_one_answer():
    asked, go_on = [], threading.Event()

    def slow():
        asked.append(1)
        go_on.wait(10)
        return ("n",), [(1,)]

    answers = Answers(cells=100)
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(answers.get, ("sql", ""), slow) for _ in range(4)]
        go_on.set()
        assert {str(each.result()) for each in waiting} == {"(('n',), [(1,)])"}
    assert len(asked) == 1


def test_a_large_answer_does_not_drive_out_the_others():
    answers, asked = Answers(cells=10), []

    def answer(name, rows):
        return answers.get((name, ""), lambda: asked.append(name) or (("n",), [(1,)] * rows))

    for name, rows in (("a", 3), ("all", 1_000), ("a", 3), ("all", 1_000)):
        assert len(answer(name, rows)[1]) == rows
    assert asked == ["a", "all", "all"]


def test_the_least_lately_asked_is_forgotten_where_room_is_short():
    answers, asked = Answers(cells=10), []

    def answer(name):
        return answers.get((name, ""), lambda: asked.append(name) or (("n",), [(1,)] * 3))

    for name in "abacab":  # four cells each: two have room
        answer(name)
    assert asked == ["a", "b", "c", "b"]

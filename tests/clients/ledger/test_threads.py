"""Threads on both engines: what was saved is read again, all or nothing, and a silence stays."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clients.ledger.alert_rows import MINUTE, NOW, everything_set, line, thread
from toban.clients.ledger import Ledger
from toban.domain.alerts.nouns import Alert, Form, Line, Status


def test_a_thread_is_read_as_it_was_saved(ledger: Ledger) -> None:
    bare, full = thread(2), everything_set()

    ledger.threads.save([bare, full], now=NOW)

    assert ledger.threads.of(["Q1", "Q2", "unheard of"]) == {"Q1": full, "Q2": bare}


def test_open_threads_are_those_not_closed_in_the_order_of_their_numbers(ledger: Ledger) -> None:
    ledger.threads.save([thread(12), thread(3), thread(7, closed_at=NOW)], now=NOW)

    assert list(ledger.threads.open()) == ["Q3", "Q12"]


def test_saving_again_replaces_what_was_known(ledger: Ledger) -> None:
    ledger.threads.save([thread(1)], now=NOW)
    later = thread(1, status=Status.ACKNOWLEDGED, touched_at=NOW + MINUTE, alert=Alert("Zabbix"))

    ledger.threads.save([later, thread(2)], now=NOW + MINUTE)

    assert ledger.threads.of(["Q1"]) == {"Q1": later}


def test_of_one_incident_given_twice_the_last_is_kept(ledger: Ledger) -> None:
    ledger.threads.save([thread(1), thread(1, title="The last")], now=NOW)
    assert ledger.threads.of(["Q1"])["Q1"].title == "The last"


def test_a_silence_survives_a_pass_that_had_read_the_thread_before(ledger: Ledger) -> None:
    ledger.threads.save([thread(1)], now=NOW)
    read_before = ledger.threads.open()["Q1"]
    ledger.threads.silence("Q1", 0, now=NOW)

    ledger.threads.save([replace(read_before, title="New title")], now=NOW)

    kept = ledger.threads.of(["Q1"])["Q1"]
    assert (kept.title, kept.silenced_round) == ("New title", 0)


def test_a_mention_that_waits_survives_a_pass_that_had_read_the_thread_before(ledger: Ledger) -> None:
    ledger.threads.save([thread(1, mention_at=NOW)], now=NOW)
    read_before = ledger.threads.open()["Q1"]
    ledger.threads.wait("Q1", NOW + 5 * MINUTE, now=NOW)

    ledger.threads.save([replace(read_before, title="New title")], now=NOW)

    kept = ledger.threads.of(["Q1"])["Q1"]
    assert (kept.title, kept.mention_at) == ("New title", NOW + 5 * MINUTE)


def test_an_incident_without_a_thread_cannot_be_silenced(ledger: Ledger) -> None:
    ledger.threads.silence("Q1", 0, now=NOW)
    assert ledger.threads.of(["Q1"]) == {}


def test_a_group_is_in_the_order_of_its_parts_and_numbers(ledger: Ledger) -> None:
    members = [thread(number, root="storm:1", part=part) for number, part in ((4, 1), (9, 0), (2, 0))]
    ledger.threads.save([*members, thread(5)], now=NOW)

    assert [each.number for each in ledger.threads.group("storm:1")] == [2, 9, 4]


def test_the_latest_storm_of_a_place_is_the_one_joined_last(ledger: Ledger) -> None:
    def member(number: int, root: str, minutes: int, team_id: str | None = "ops") -> None:
        seen = NOW + minutes * MINUTE
        storm = thread(number, root=root, form=Form.STORM, seen_at=seen, team_id=team_id, closed_at=seen)
        ledger.threads.save([storm], now=NOW)

    member(1, "storm:a", 0)
    member(2, "storm:b", 5)
    member(3, "storm:a", 9)
    member(4, "storm:c", 2, team_id=None)

    assert ledger.threads.latest_storms(NOW) == {("ops", "#oncall"): "storm:a", (None, "#oncall"): "storm:c"}
    assert ledger.threads.latest_storms(NOW + 9 * MINUTE) == {("ops", "#oncall"): "storm:a"}
    assert ledger.threads.latest_storms(NOW + 10 * MINUTE) == {}


def test_a_list_is_no_storm(ledger: Ledger) -> None:
    ledger.threads.save([thread(1, form=Form.LIST)], now=NOW)
    assert ledger.threads.latest_storms(NOW - timedelta(days=1)) == {}


def test_threads_and_their_lines_are_saved_together_or_not_at_all(ledger: Ledger) -> None:
    broken = Line("k", "Q1", "alert:Q1", None, "text")  # type: ignore[arg-type]

    with pytest.raises(Exception, match="message"):
        ledger.threads.save([thread(1)], [broken], now=NOW)

    assert ledger.threads.open() == {}


def test_more_threads_than_one_statement_takes_are_saved_and_found(ledger: Ledger) -> None:
    many = [thread(number) for number in range(2_500)]
    keys = [f"line {number}" for number in range(2_500)]

    for _ in range(2):
        ledger.threads.save(many, [line(key) for key in keys], now=NOW)

    assert list(ledger.threads.open().values()) == many
    assert len(ledger.threads.of([each.incident_id for each in many])) == 2_500
    assert ledger.lines.known([*keys, "another"]) == set(keys)


def test_a_nul_character_which_postgresql_refuses_loses_no_incident(ledger: Ledger) -> None:
    hostile = thread(1, title="a\x00b", alert=Alert("t\x00", None, "c\x00d"))
    ledger.threads.save([hostile], [Line("k", "Q1", "alert:Q1", "m", "e\x00f")], now=NOW)

    saved = ledger.threads.of(["Q1"])["Q1"]
    assert (saved.title, saved.alert) == ("ab", Alert("t", None, "cd"))
    assert ledger.lines.unsaid(now=NOW)["m"][0].text == "ef"

"""Lines on both engines: written once, in order, and found until they are in Slack."""

from datetime import timedelta

from clients.ledger.alert_rows import MINUTE, NOW, line, thread
from toban.clients.ledger import Intent, Ledger

TWO_DAYS = timedelta(days=2)
LEASE = timedelta(seconds=20)


def say(ledger: Ledger, message: str) -> None:
    claim = ledger.claim(Intent(message, "message", "C1", None, "h"), now=NOW, lease=LEASE)
    ledger.confirm(claim, "C1", "1.0", "h", now=NOW)


def test_lines_are_unsaid_by_message_in_the_order_of_writing(ledger: Ledger) -> None:
    ledger.threads.save([thread(1)], [line("b"), line("z", message="lines:2"), line("a")], now=NOW)
    ledger.threads.save([], [line("0")], now=NOW + MINUTE)

    assert ledger.lines.unsaid(now=NOW) == {
        "lines:1": [line("b"), line("a"), line("0")],
        "lines:2": [line("z", message="lines:2")],
    }


def test_a_line_is_written_once_and_stays_with_its_first_message(ledger: Ledger) -> None:
    ledger.threads.save([thread(1)], [line("a"), line("b")], now=NOW)
    ledger.threads.save([thread(1)], [line("a", message="lines:2"), line("c", message="lines:2")], now=NOW)

    found = ledger.lines.unsaid(now=NOW)
    assert {message: [each.key for each in lines] for message, lines in found.items()} == {
        "lines:1": ["a", "b"],
        "lines:2": ["c"],
    }


def test_what_is_in_slack_is_not_unsaid_but_what_is_only_claimed_or_given_up_is(ledger: Ledger) -> None:
    messages = ("said", "claimed", "given up", "never begun")
    ledger.threads.save([thread(1)], [line(name, message=name) for name in messages], now=NOW)
    say(ledger, "said")
    ledger.claim(Intent("claimed", "message", "C1", None, "h"), now=NOW, lease=LEASE)
    claim = ledger.claim(Intent("given up", "message", "C1", None, "h"), now=NOW, lease=LEASE)
    ledger.give_up(claim, "channel_not_found", now=NOW)

    assert list(ledger.lines.unsaid(now=NOW)) == ["claimed", "given up", "never begun"]


def test_an_open_thread_is_looked_through_however_old_a_closed_one_for_two_days(ledger: Ledger) -> None:
    ledger.threads.save(
        [thread(1), thread(2, closed_at=NOW)],
        [line("open", 1, "of the open"), line("closed", 2, "of the closed")],
        now=NOW,
    )

    assert list(ledger.lines.unsaid(now=NOW + TWO_DAYS)) == ["of the open", "of the closed"]
    assert list(ledger.lines.unsaid(now=NOW + TWO_DAYS + MINUTE)) == ["of the open"]


def test_without_a_moment_two_days_are_counted_from_now(ledger: Ledger) -> None:
    ledger.threads.save([thread(1, closed_at=NOW)], [line("old")], now=NOW - 100 * TWO_DAYS)
    assert ledger.lines.unsaid() == {}


def test_known_are_the_keys_that_have_a_line(ledger: Ledger) -> None:
    ledger.threads.save([], [line("a"), line("b")], now=NOW)

    assert ledger.lines.known(["a", "c"]) == {"a"}
    assert ledger.lines.known([]) == set()

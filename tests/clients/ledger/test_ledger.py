"""Claims on both engines: who may speak, and what is remembered."""

from datetime import UTC, datetime, timedelta, timezone

from toban.clients.ledger import Claim, Intent, Ledger, Standing

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LEASE = timedelta(seconds=20)
LATER = NOW + timedelta(seconds=21)
HELLO = Intent("announcement:ops:2026-11-23", "message", "C1", None, "hash-1")


def claim(ledger: Ledger, intent: Intent = HELLO, now: datetime = NOW) -> Claim:
    return ledger.claim(intent, now=now, lease=LEASE)


def test_the_first_to_claim_may_speak(ledger: Ledger) -> None:
    first = claim(ledger)

    assert (first.standing, first.since, first.until) == (Standing.NEW, NOW, NOW + LEASE)
    assert (first.channel, first.thread_ts, first.ts) == ("C1", None, None)


def test_a_second_claim_waits_for_the_lease_of_the_first(ledger: Ledger) -> None:
    first, second = claim(ledger), claim(ledger, now=NOW + timedelta(seconds=19))

    assert second.standing is Standing.HELD
    assert (second.until, second.claimant) == (first.until, first.claimant)


def test_an_unconfirmed_claim_is_in_doubt_after_its_lease_since_it_was_first_made(ledger: Ledger) -> None:
    first, second = claim(ledger), claim(ledger, now=LATER)
    third = claim(ledger, now=LATER + LEASE)

    assert second.standing is third.standing is Standing.DOUBTFUL
    assert second.claimant != first.claimant
    assert second.since == third.since == NOW
    assert second.until == LATER + LEASE


def test_a_doubtful_claim_keeps_its_first_place_to_look_in(ledger: Ledger) -> None:
    claim(ledger, Intent(HELLO.key, "message", "C1", "1.0", "hash-1"))

    second = claim(ledger, Intent(HELLO.key, "message", "C2", None, "hash-2"), now=LATER)

    assert (second.channel, second.thread_ts) == ("C1", "1.0")


def test_what_is_confirmed_is_said_and_cannot_be_claimed(ledger: Ledger) -> None:
    ledger.confirm(claim(ledger), "C1", "123.4", "hash-1", now=NOW)

    again = claim(ledger, now=LATER)
    said = ledger.said(HELLO.key)

    assert again.standing is Standing.SAID
    assert said is not None
    assert (said.channel, said.ts, said.content_hash) == ("C1", "123.4", "hash-1")


def test_nothing_is_said_before_it_is_confirmed(ledger: Ledger) -> None:
    claim(ledger)
    assert ledger.said(HELLO.key) is None
    assert ledger.said("unheard of") is None


def test_a_late_confirmation_counts_because_it_is_true(ledger: Ledger) -> None:
    slow = claim(ledger)
    quick = claim(ledger, now=LATER)

    assert ledger.confirm(slow, "C1", "123.4", "hash-1", now=LATER)
    assert not ledger.renew(quick, now=LATER, lease=LEASE)
    assert not ledger.confirm(quick, "C1", "125.0", "hash-1", now=LATER)
    said = ledger.said(HELLO.key)
    assert said is not None
    assert said.ts == "123.4"


def test_a_claim_that_was_taken_over_can_be_neither_renewed_released_nor_given_up(ledger: Ledger) -> None:
    slow = claim(ledger)
    quick = claim(ledger, now=LATER)

    assert not ledger.renew(slow, now=LATER, lease=LEASE)
    assert not ledger.release(slow, now=LATER)
    assert not ledger.give_up(slow, "channel_not_found", now=LATER)
    assert ledger.renew(quick, now=LATER, lease=LEASE)


def test_a_renewed_claim_is_held_for_longer(ledger: Ledger) -> None:
    assert ledger.renew(claim(ledger), now=NOW + timedelta(seconds=15), lease=LEASE)
    assert claim(ledger, now=LATER).standing is Standing.HELD


def test_a_released_claim_is_in_doubt_at_once(ledger: Ledger) -> None:
    assert ledger.release(claim(ledger), now=NOW)
    assert claim(ledger).standing is Standing.DOUBTFUL


def test_what_was_given_up_keeps_its_row_and_may_be_claimed_anew_elsewhere(ledger: Ledger) -> None:
    ledger.give_up(claim(ledger), "not_in_channel", now=NOW)
    assert [row["status"] for row in ledger.rows()] == ["given_up"]

    again = claim(ledger, Intent(HELLO.key, "message", "C2", "2.0", "hash-2"), now=LATER)

    assert (again.standing, again.channel, again.thread_ts, again.since) == (Standing.NEW, "C2", "2.0", LATER)


def test_a_withdrawn_message_is_no_longer_said_and_may_be_claimed_anew(ledger: Ledger) -> None:
    ledger.confirm(claim(ledger), "C1", "123.4", "hash-1", now=NOW)
    ledger.withdrawn(HELLO.key, now=LATER)

    assert ledger.said(HELLO.key) is None
    again = claim(ledger, now=LATER)
    assert (again.standing, again.ts) == (Standing.NEW, None)


def test_open_claims_are_those_nobody_has_settled(ledger: Ledger) -> None:
    claim(ledger)
    ledger.confirm(claim(ledger, Intent("b", "message", "C1", None, "h")), "C1", "1.0", "h", now=NOW)
    ledger.give_up(claim(ledger, Intent("c", "message", "C1", None, "h")), "is_archived", now=NOW)

    assert [open_claim.key for open_claim in ledger.open_claims()] == [HELLO.key]


def test_rows_are_what_the_warehouse_copies_in_utc(ledger: Ledger) -> None:
    tokyo = timezone(timedelta(hours=9))
    ledger.confirm(claim(ledger, now=NOW.astimezone(tokyo)), "C1", "123.4", "hash-1", now=LATER)

    assert ledger.rows() == [
        {
            "key": HELLO.key,
            "kind": "announcement",
            "channel": "C1",
            "ts": "123.4",
            "status": "posted",
            "created_at": NOW,
            "posted_at": LATER,
        }
    ]
    assert {row["created_at"].tzinfo for row in ledger.rows()} == {UTC}


def test_rows_since_a_moment_are_those_changed_at_or_after_it(ledger: Ledger) -> None:
    first = claim(ledger)
    claim(ledger, Intent("b", "message", "C1", None, "h"), now=LATER)
    assert [row["key"] for row in ledger.rows(since=LATER)] == ["b"]

    ledger.corrected(first.key, "hash-2", now=LATER)
    assert {row["key"] for row in ledger.rows(since=LATER)} == {"b", HELLO.key}


def say(ledger: Ledger, key: str, about: str | None) -> None:
    intent = Intent(key, "message", "C1", None, "h", about=about)
    ledger.confirm(claim(ledger, intent), "C1", f"{key}.0", "h", now=NOW)


def test_what_was_said_about_an_incident_is_found_by_it(ledger: Ledger) -> None:
    say(ledger, "alert:Q1", "Q1")
    say(ledger, "remind:Q1:1", "Q1")
    say(ledger, "alert:Q2", "Q2")
    say(ledger, "weekly_report", None)
    claim(ledger, Intent("remind:Q2:1", "message", "C1", None, "h", about="Q2"))

    found = ledger.said_about(["Q1", "Q2", "Q3"])

    assert {about: set(claims) for about, claims in found.items()} == {
        "Q1": {"alert:Q1", "remind:Q1:1"},
        "Q2": {"alert:Q2"},
    }
    assert found["Q1"]["alert:Q1"] == ledger.said("alert:Q1")


def test_many_keys_are_looked_up_at_once(ledger: Ledger) -> None:
    say(ledger, "a", "Q1")
    say(ledger, "b", None)
    claim(ledger)

    found = ledger.said_keys(["a", "b", HELLO.key, *(f"unheard of {number}" for number in range(2_500))])

    assert found == {"a": ledger.said("a"), "b": ledger.said("b")}
    assert [found[key].about for key in ("a", "b")] == ["Q1", None]


def test_a_message_claimed_anew_is_about_what_it_is_now(ledger: Ledger) -> None:
    ledger.give_up(claim(ledger), "not_in_channel", now=NOW)
    assert claim(ledger, Intent(HELLO.key, "message", "C1", None, "h", about="Q1")).about == "Q1"


def test_what_was_said_of_a_labour_month_is_not_copied(ledger: Ledger) -> None:
    claim(ledger, Intent("labour:pay:2026-11:U1:0123456789abcdef", "message", "D1", None, "h"))
    claim(ledger)
    assert [row["key"] for row in ledger.rows()] == [HELLO.key]

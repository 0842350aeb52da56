"""What the client does when PagerDuty is slow, busy, broken or says no."""

import logging
import socket
import threading
from datetime import datetime, timedelta, timezone

import pytest

from clients.pagerduty.scripted import bad, good, scripted
from toban.clients.pagerduty import PagerDuty
from toban.errors import PagerDutyRefused, PagerDutyUnavailable

FINE = {"users": [], "more": False}


def test_a_good_answer_costs_one_request() -> None:
    with scripted(good(FINE)) as (pagerduty, script):
        assert pagerduty.get("users") == FINE
    assert pagerduty.api_calls == len(script.asked) == 1
    assert script.slept == []


def test_values_are_written_as_pagerduty_reads_them() -> None:
    tokyo = timezone(timedelta(hours=9))
    with scripted(good(FINE)) as (pagerduty, script):
        pagerduty.get(
            "users", include=("a", "b"), total=True, since=datetime(2026, 1, 1, 9, tzinfo=tokyo), x=None
        )
    assert script.asked[0].query == [
        ("include[]", "a"), ("include[]", "b"), ("total", "true"), ("since", "2026-01-01T00:00:00Z"),
    ]  # fmt: skip


def test_a_moment_without_a_zone_is_a_mistake() -> None:
    with scripted(good(FINE)) as (pagerduty, _), pytest.raises(ValueError, match="no time zone"):
        pagerduty.get("users", since=datetime(2026, 1, 1))  # noqa: DTZ001 - the mistake


def test_a_429_waits_until_the_limit_resets() -> None:
    with scripted(bad(429, ratelimit_reset="7"), good(FINE)) as (pagerduty, script):
        assert pagerduty.get("users") == FINE
    assert len(script.slept) == 1
    assert 7 <= script.slept[0] < 8


def test_a_429_without_headers_or_body_waits_a_little_longer_each_time() -> None:
    with scripted(*[bad(429)] * 4, good(FINE)) as (pagerduty, script):
        assert pagerduty.get("users") == FINE
    longest = [0.5, 1.0, 2.0, 4.0]
    assert all(top / 2 <= slept <= top for slept, top in zip(script.slept, longest, strict=True))


@pytest.mark.parametrize(
    "answer", [bad(500), bad(502), bad(503), bad(504), good("half"), bad(200, b'{"users": [{')]
)
def test_a_broken_answer_is_asked_for_again(answer: object) -> None:
    with scripted(answer, good(FINE)) as (pagerduty, script):  # type: ignore[arg-type]
        assert pagerduty.get("users") == FINE
    assert len(script.asked) == 2


def test_an_outage_ends_in_one_sentence_after_a_bounded_wait() -> None:
    with scripted(bad(503)) as (pagerduty, script), pytest.raises(PagerDutyUnavailable) as raised:
        pagerduty.get("log_entries")
    assert str(raised.value) == (
        "PagerDuty did not answer GET /log_entries usefully, asked 8 times (last: status 503); "
        "nothing is lost, run it again later."
    )
    assert len(script.asked) == 8
    assert sum(script.slept) <= 180


def test_patience_bounds_the_waiting() -> None:
    answers = scripted(bad(429, ratelimit_reset="30"), patience_s=10)
    with answers as (pagerduty, script), pytest.raises(PagerDutyUnavailable, match="asked once"):
        pagerduty.get("users")
    assert script.slept == []


def test_a_connection_cut_in_the_middle_of_an_answer_is_tried_again() -> None:
    """The server promises 100 bytes, sends 20 and hangs up; then it answers."""
    whole = b'HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{"users":[]}'
    cut = b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"users":[{"id":"U1'
    slept: list[float] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_answer, args=(listener, [cut, b"", whole]), daemon=True)
        thread.start()
        pagerduty = PagerDuty("x", f"http://127.0.0.1:{listener.getsockname()[1]}", sleep=slept.append)
        assert pagerduty.get("users") == {"users": []}
        thread.join(5)
    assert len(slept) == 2


def _answer(listener: socket.socket, answers: list[bytes]) -> None:
    for answer in answers:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(answer)


def test_silence_is_a_time_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        pagerduty = PagerDuty("x", url, timeout_s=0.05, sleep=lambda _: None)
        with pytest.raises(PagerDutyUnavailable, match="ReadTimeout"):
            pagerduty.get("users")


def test_a_note_is_not_written_twice_after_a_broken_answer() -> None:
    with scripted(bad(500)) as (pagerduty, script), pytest.raises(PagerDutyUnavailable, match="asked once"):
        pagerduty.post("incidents/I1/notes", {"note": {"content": "hello"}})
    assert len(script.asked) == 1


def test_a_note_is_sent_again_after_a_429_for_nothing_was_written() -> None:
    with scripted(bad(429), good({"note": {"id": "N1"}})) as (pagerduty, script):
        assert pagerduty.post("incidents/I1/notes", {"note": {"content": "hello"}})["note"]["id"] == "N1"
    assert len(script.asked) == 2


def test_a_no_carries_pagerdutys_own_words() -> None:
    body = b'{"error":{"message":"Invalid Input Provided","code":2001,"errors":["Since is invalid."]}}'
    with scripted(bad(400, body)) as (pagerduty, script), pytest.raises(PagerDutyRefused) as raised:
        pagerduty.get("incidents")
    assert "(400): Invalid Input Provided: Since is invalid. (code 2001)" in str(raised.value)
    assert len(script.asked) == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"error":{"message":"Bad","errors":{"layers.0":["is empty"]}}}', "Bad: layers.0 is empty"),
        (b'{"error":"Account-level access token"}', "Account-level access token"),
        (b"<html>proxy</html>", "it gave no reason"),
        (b'{"error":{"code":2010}}', r"no message \(code 2010\)"),
    ],
)
def test_every_shape_of_error_body_is_understood(body: bytes, words: str) -> None:
    with scripted(bad(403, body)) as (pagerduty, _), pytest.raises(PagerDutyRefused, match=words):
        pagerduty.get("users")


def test_the_token_is_in_no_message_and_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with (
        scripted(bad(503), bad(401, b"{}")) as (pagerduty, script),
        pytest.raises(PagerDutyRefused) as raised,
    ):
        pagerduty.get("users")
    assert script.asked[0].headers["authorization"] == "Token token=u+SecretToken123"
    assert "does not know the token (401)" in str(raised.value)
    assert raised.value.__cause__ is None
    for text in (str(raised.value), caplog.text, repr(pagerduty)):
        assert "n123" not in text


def test_reserve_pauses_until_the_reset_while_little_remains() -> None:
    plenty = good(FINE, ratelimit_limit="960", ratelimit_remaining="384", ratelimit_reset="20")
    little = good(FINE, ratelimit_limit="960", ratelimit_remaining="383", ratelimit_reset="20")
    with scripted(plenty, little, reserve=0.4) as (pagerduty, script):
        pagerduty.get("users")
        assert script.slept == []
        pagerduty.get("users")
    assert script.slept == [20]


def test_without_a_reserve_the_whole_limit_may_be_used() -> None:
    with scripted(good(FINE, ratelimit_limit="960", ratelimit_remaining="0")) as (pagerduty, script):
        pagerduty.get("users")
    assert script.slept == []

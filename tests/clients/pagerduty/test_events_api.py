"""The Events API's client: one request an event, and its answers told apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
import pytest
from fastapi import FastAPI, Request, Response

from sandbox_server import running
from toban.clients.pagerduty import Events
from toban.errors import PagerDutyRefused, PagerDutyUnavailable

KEY = "k" * 32
EVENT = {"event_action": "trigger", "dedup_key": "a", "payload": {"summary": "障害"}}


@contextmanager
def answering(status: int, body: bytes = b"{}") -> Iterator[tuple[Events, list[tuple[dict[str, str], Any]]]]:
    """A client of a PagerDuty that gives that answer, and what it was sent: headers and JSON."""
    asked: list[tuple[dict[str, str], Any]] = []
    app = FastAPI()

    @app.post("/v2/enqueue")
    async def enqueue(request: Request) -> Response:
        asked.append((dict(request.headers), orjson.loads(await request.body())))
        return Response(body, status_code=status, media_type="application/json")

    with running(app) as url:
        yield Events(url), asked


def test_an_event_goes_out_once_with_its_routing_key_and_without_a_token() -> None:
    with answering(202) as (events, asked):
        events.send(EVENT, KEY)
    ((headers, sent),) = asked
    assert sent == {**EVENT, "routing_key": KEY}
    assert "authorization" not in headers


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 200, 302])
def test_what_may_be_tried_again_is_asked_once_and_said(status: int) -> None:
    with answering(status) as (events, asked), pytest.raises(PagerDutyUnavailable, match=str(status)):
        events.send(EVENT, KEY)
    assert len(asked) == 1


def test_a_refusal_holds_pagerduty_s_words_and_not_the_key() -> None:
    body = {"status": "invalid event", "message": "Event object is invalid", "errors": [f"bad {KEY}", "x"]}
    with answering(400, orjson.dumps(body)) as (events, _), pytest.raises(PagerDutyRefused) as refused:
        events.send(EVENT, KEY)
    assert str(refused.value) == "PagerDuty refused an event (400): Event object is invalid: bad …, x."


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"errors": 3}'])
def test_a_refusal_without_words_is_one_all_the_same(body: bytes) -> None:
    with answering(400, body) as (events, _), pytest.raises(PagerDutyRefused, match="it gave no reason"):
        events.send(EVENT, KEY)


def test_no_answer_at_all_may_be_tried_again() -> None:
    with answering(202) as (events, _):
        pass
    with pytest.raises(PagerDutyUnavailable, match="gave no answer"):
        events.send(EVENT, KEY)

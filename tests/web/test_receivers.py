"""The receivers' app answers strangers with a bare number, whatever they send."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from fastapi import APIRouter, HTTPException
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox_server import running
from toban.errors import LedgerError
from toban.web.pagerduty import router
from toban.web.receivers import HEADERS, create_receivers
from toban.web.signatures import signature

SECRET = "a-secret"
DOCUMENTED = {202, 400, 401, 404, 405, 413, 503}


def failing() -> APIRouter:
    """Routes that go wrong in each way."""
    routes = APIRouter()

    @routes.get("/unforeseen")
    def unforeseen() -> None:
        raise ZeroDivisionError("hush-hush")

    @routes.get("/foreseen")
    def foreseen() -> None:
        raise LedgerError("The ledger hush-hush cannot be used.")

    @routes.get("/refused")
    def refused() -> None:
        raise HTTPException(403, "hush-hush")

    @routes.get("/numbers/{number}")
    def numbers(number: int) -> int:
        return number

    return routes


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(create_receivers([router(lambda: [SECRET], lambda: True), failing()])) as address:
        yield address


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/docs", 404),
        ("GET", "/redoc", 404),
        ("GET", "/openapi.json", 404),
        ("POST", "/pagerduty/", 404),
        ("POST", "//pagerduty", 404),
        ("POST", "/PagerDuty", 404),
        ("GET", "/pagerduty", 405),
        ("HEAD", "/pagerduty", 405),
        ("OPTIONS", "/pagerduty", 405),
        ("DELETE", "/pagerduty", 405),
        ("GET", "/unforeseen", 503),
        ("GET", "/foreseen", 503),
        ("GET", "/refused", 403),
        ("GET", "/numbers/hush-hush", 400),
    ],
)
def test_a_refusal_is_a_bare_number(url: str, method: str, path: str, status: int) -> None:
    answer = httpx.request(method, url + path)
    assert (answer.status_code, answer.content) == (status, b"")
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_a_refused_method_names_those_that_are_not(url: str) -> None:
    assert httpx.get(f"{url}/pagerduty").headers["allow"] == "POST"


def test_what_a_person_can_mend_is_one_line_in_the_log(url: str, caplog: pytest.LogCaptureFixture) -> None:
    httpx.get(f"{url}/foreseen")
    lines = [record.getMessage() for record in caplog.records if record.name == "toban.web.receivers"]
    assert lines == ["a request was answered 503: The ledger hush-hush cannot be used."]


def _json(value: object) -> bytes:
    return httpx.Request("POST", "http://x", json=value).content


methods = st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "QUERY"])
paths = st.one_of(
    st.just("/pagerduty"),
    st.sampled_from(["/", "/pagerduty/", "/pagerduty?x=1", "/pagerduty/%2e%2e", "/%ff", "/pagerduty%00"]),
    st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#?"), max_size=30).map(
        lambda text: f"/{text}"
    ),
)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20), st.datetimes().map(str)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["event", "event_type", "occurred_at", "data", "x"]), inner, max_size=4
        ),
    ),
    max_leaves=12,
)
events = st.fixed_dictionaries(
    {
        "event": st.fixed_dictionaries(
            {"event_type": st.one_of(values, st.just("incident.x")), "occurred_at": values}
        )
    }
)
bodies = st.one_of(st.binary(max_size=200), st.one_of(values, events).map(_json))
headers = st.lists(
    st.tuples(
        st.sampled_from([b"x-pagerduty-signature", b"content-type", b"content-length", b"x-webhook-id"]),
        st.binary(max_size=40).map(lambda raw: bytes(each for each in raw if each >= 32 and each != 127)),
    ),
    max_size=4,
)


@settings(max_examples=400, deadline=None)
@given(methods, paths, headers, bodies, st.booleans())
def test_whatever_is_sent_is_answered_by_a_documented_number(
    method: str, path: str, sent: list[tuple[bytes, bytes]], body: bytes, is_signed: bool
) -> None:
    app = create_receivers([router(lambda: [SECRET], lambda: True, lambda: datetime.now(UTC))])
    if is_signed:
        sent = [*sent, (b"x-pagerduty-signature", signature(SECRET, body).encode())]
    status = asyncio.run(_status(app, method, path, sent, body))
    assert status in DOCUMENTED - {503}


async def _status(app: object, method: str, path: str, sent: list[tuple[bytes, bytes]], body: bytes) -> int:
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        request = client.build_request(method, path, content=body)
        request.headers = httpx.Headers([*request.headers.raw, *sent])
        return (await client.send(request)).status_code

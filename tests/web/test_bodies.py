"""A body is read up to its limit, whatever the sender says about its length."""

import asyncio
from collections.abc import Iterator

import pytest
from fastapi import HTTPException, Request

from toban.web import bodies

LIMIT = 100


def read(chunks: list[bytes], *, declared: str | None = None, broken_off: bool = False) -> bytes:
    messages = _messages(chunks, broken_off=broken_off)

    async def receive() -> dict[str, object]:
        return next(messages)

    headers = [(b"content-length", declared.encode())] if declared is not None else []
    request = Request({"type": "http", "method": "POST", "headers": headers}, receive)
    return asyncio.run(bodies.body_of(request, LIMIT))


def _messages(chunks: list[bytes], *, broken_off: bool) -> Iterator[dict[str, object]]:
    for index, chunk in enumerate(chunks):
        more = broken_off or index + 1 < len(chunks)
        yield {"type": "http.request", "body": chunk, "more_body": more}
    yield {"type": "http.disconnect"}


def refused(chunks: list[bytes], *, declared: str | None = None, broken_off: bool = False) -> int:
    with pytest.raises(HTTPException) as error:
        read(chunks, declared=declared, broken_off=broken_off)
    return error.value.status_code


def test_a_body_of_exactly_the_limit_is_read_whole() -> None:
    assert read([b"a" * 60, b"b" * 40], declared="100") == b"a" * 60 + b"b" * 40


def test_an_empty_body_is_an_empty_body() -> None:
    assert read([b""]) == b""


@pytest.mark.parametrize("declared", [None, "5", "-1", "many", "100"])
def test_a_body_beyond_the_limit_is_refused_whatever_its_declared_length(declared: str | None) -> None:
    assert refused([b"a" * 60, b"b" * 41], declared=declared) == 413


@pytest.mark.parametrize("declared", ["101", "9" * 5_000])
def test_a_declared_length_beyond_the_limit_is_refused_before_a_byte_is_read(declared: str) -> None:
    assert refused([], declared=declared) == 413


def test_a_body_that_breaks_off_is_refused() -> None:
    assert refused([b"a"], broken_off=True) == 400


def test_a_body_that_does_not_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE_S", 0.01)

    async def never() -> dict[str, object]:
        await asyncio.sleep(3_600)
        raise AssertionError

    request = Request({"type": "http", "method": "POST", "headers": []}, never)
    with pytest.raises(HTTPException) as error:
        asyncio.run(bodies.body_of(request, LIMIT))
    assert error.value.status_code == 408

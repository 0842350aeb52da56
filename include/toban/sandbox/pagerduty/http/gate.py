"""What every call passes before it reaches an endpoint: counting, faults, the key, the rate limit."""

import asyncio
from collections import Counter

import orjson
from fastapi import Request
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from toban.sandbox.pagerduty.http.asking import token_of
from toban.sandbox.pagerduty.http.faults import Faults, refuse, spoil
from toban.sandbox.pagerduty.http.rate_limit import Allowance, RateLimit
from toban.sandbox.pagerduty.refusals import RefusedError, rate_limited, unauthorized

REFUSED_TOKENS = {"", "invalid"}
NOT_THE_API = ("/_sandbox", "/page", "/incident/")  # for tests and for people; neither counted nor guarded
EVENTS = "/v2/"  # the Events API signs with routing keys instead of tokens
ANSWERED_BY_FAULT = {"429", "429-bare", "500"}


class Gate:
    """Pure ASGI, since it stands before every request of a benchmark."""

    def __init__(self, app: ASGIApp, faults: Faults, limit: RateLimit, calls: Counter[str]) -> None:
        self._app, self._faults, self._limit, self._calls = app, faults, limit, calls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or path == "/" or path.startswith(NOT_THE_API):
            await self._app(scope, receive, send)
            return
        self._calls[f"{scope['method']} {template(scope)}"] += 1
        if self._faults.latency_s:
            await asyncio.sleep(self._faults.latency_s)
        fault = self._faults.next_for(path)
        if fault and fault.kind in ANSWERED_BY_FAULT:
            await refuse(fault, send)
            return
        if fault:
            await spoil(fault, self._admit, scope, receive, send)
        else:
            await self._admit(scope, receive, send)

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith(EVENTS):
            await self._app(scope, receive, send)
            return
        token = token_of(Request(scope))
        if token in REFUSED_TOKENS:
            await _say(unauthorized(), send, None)
            return
        allowance = self._limit.take(token)
        if allowance and allowance.refused:
            await _say(rate_limited(), send, allowance)
            return
        await self._app(scope, receive, _with_headers(send, allowance))


def template(scope: Scope) -> str:
    """The path with its parameters' names, as "/incidents/{key}"; the path itself where nothing answers."""
    for route in scope["app"].routes:
        match, _ = route.matches(scope)
        if match is Match.FULL:
            return str(route.path)
    return str(scope["path"])


def _with_headers(send: Send, allowance: Allowance | None) -> Send:
    if not allowance:
        return send

    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *allowance.headers()]
        await send(message)

    return wrapped


async def _say(refused: RefusedError, send: Send, allowance: Allowance | None) -> None:
    body = orjson.dumps(refused.body())
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    headers += allowance.headers() if allowance else []
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

"""Faults on demand, as the outermost layer: what a client meets when Slack or the network has a bad day."""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

KINDS = {
    "429": "answers 429 with Retry-After `seconds`; nothing is done",
    "500": "answers 500; nothing is done",
    "error": "answers `error` as Slack's error code with status 200; nothing is done",
    "timeout": "waits `seconds` and drops the connection; nothing is done",
    "slow": "waits `seconds`, then answers as usual",
    "cut": "does what was asked, sends half of the answer and drops the connection",
    "lost": "does what was asked and drops the connection without an answer",
    "lost500": "does what was asked and answers 500",
}
TIMEOUT_S = 60.0  # longer than any client's patience


@dataclass
class Fault:
    """`times` calls whose method begins with `path` meet this fault."""

    kind: str
    times: int = 1
    path: str = ""
    seconds: float | None = None
    error: str = "internal_error"


@dataclass
class Weather:
    """What was called, how often 429 was the answer, what goes wrong next, and how slow everything is."""

    calls: Counter[str] = field(default_factory=Counter)
    limited: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    latency_ms: int = 0

    def next_fault(self, method: str) -> Fault | None:
        """The first fault that concerns this method, used up by one."""
        for fault in self.faults:
            if method.startswith(fault.path):
                fault.times -= 1
                if not fault.times:
                    self.faults.remove(fault)
                return fault
        return None


class FaultLayer:
    """Counts every call of the API and lets the ordered faults happen; everything else passes untouched."""

    def __init__(self, app: ASGIApp, weather: Weather) -> None:
        self._app, self._weather = app, weather

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        method = _method(scope)
        if method is None:
            await self._app(scope, receive, send)
            return
        self._weather.calls[method] += 1
        send = self._counting(method, send)
        await asyncio.sleep(self._weather.latency_ms / 1000)
        fault = self._weather.next_fault(method)
        if fault is None:
            await self._app(scope, receive, send)
        else:
            await self._suffer(fault, scope, receive, send)

    def _counting(self, method: str, send: Send) -> Send:
        async def counted(message: Message) -> None:
            if message.get("status") == 429:
                self._weather.limited[method] += 1
            await send(message)

        return counted

    async def _suffer(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        if fault.kind in {"slow", "timeout"}:
            await asyncio.sleep(TIMEOUT_S if fault.seconds is None else fault.seconds)
        if fault.kind == "slow":
            await self._app(scope, receive, send)
        elif fault.kind == "timeout":
            await _drop(receive)
        elif fault.kind in {"429", "500", "error"}:
            await _answer(send, *_refusal(fault))
        else:
            await self._lose(fault, scope, receive, send)

    async def _lose(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        said: list[Message] = []

        async def listen(message: Message) -> None:
            said.append(message)

        await self._app(scope, receive, listen)
        if fault.kind == "lost500":
            await _answer(send, 500, b"")
            return
        if fault.kind == "cut":
            body = b"".join(message.get("body", b"") for message in said)
            await send(said[0])
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
            await asyncio.sleep(0.05)  # lets the half answer leave before the connection is cut
        await _drop(receive)


def _method(scope: Scope) -> str | None:
    """The API method a request names, "upload" for the bytes of a file, None for anything else."""
    path = scope.get("path", "")
    if path.startswith("/api/"):
        return str(path.removeprefix("/api/"))
    return "upload" if path.startswith("/upload/") else None


def _refusal(fault: Fault) -> tuple[int, bytes, list[tuple[bytes, bytes]]]:
    if fault.kind == "429":
        wait = str(int(1 if fault.seconds is None else fault.seconds)).encode()
        return 429, _json({"ok": False, "error": "ratelimited"}), [(b"retry-after", wait)]
    if fault.kind == "500":
        return 500, b"Internal Server Error", []
    return 200, _json({"ok": False, "error": fault.error}), []


def _json(body: dict[str, Any]) -> bytes:
    return json.dumps(body).encode()


async def _answer(
    send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]] | None = None
) -> None:
    kind = (b"content-type", b"application/json; charset=utf-8" if body[:1] == b"{" else b"text/plain")
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [kind, length, *(headers or [])]})
    await send({"type": "http.response.body", "body": body})


async def _drop(receive: Receive) -> None:
    """Close the connection under the client. ASGI has no word for it, so uvicorn's transport is asked."""
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionAbortedError("this server cannot drop a connection; run the sandbox under uvicorn")
    transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass

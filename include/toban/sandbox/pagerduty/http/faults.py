"""Faults on demand: what networks and busy servers do to a client."""

import asyncio
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.types import Message, Receive, Scope, Send

KINDS = {
    "429": "refused with rate limit headers and body",
    "429-bare": "refused without headers or body, as PagerDuty warns it may",
    "500": "an internal server error",
    "cut": "the JSON ends in its middle",
    "drop": "the connection closes in the middle of the body",
    "slow": "the body trickles over `seconds`",
    "timeout": "nothing comes for `seconds`",
}
DEFAULT_SECONDS = 30.0
SLOW_PARTS = 10
LIMITED = orjson.dumps({"error": {"message": "Rate Limit Exceeded", "code": 2020}})
BROKEN = orjson.dumps({"error": {"message": "Internal Server Error", "code": 2000}})


@dataclass
class Fault:
    """Strikes the next `times` requests whose path begins with `path`."""

    kind: str
    times: int = 1
    path: str = "/"
    seconds: float = DEFAULT_SECONDS

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}: choose one of {', '.join(KINDS)}")


class Faults:
    """The faults waiting to strike, in the order they were ordered."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self.latency_s = 0.0

    def next_for(self, path: str) -> Fault | None:
        for fault in self.waiting:
            if path.startswith(fault.path):
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return fault
        return None


async def refuse(fault: Fault, send: Send) -> None:
    """Answers in place of the app, for the kinds that never reach it."""
    status = 500 if fault.kind == "500" else 429
    bare = fault.kind == "429-bare"
    body = b"" if bare else BROKEN if status == 500 else LIMITED
    headers = [(b"content-length", str(len(body)).encode())]
    if not bare:
        headers.append((b"content-type", b"application/json"))
    if fault.kind == "429":
        headers += [(b"ratelimit-limit", b"960"), (b"ratelimit-remaining", b"0"), (b"ratelimit-reset", b"1")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def spoil(fault: Fault, app: Any, scope: Scope, receive: Receive, send: Send) -> None:
    """Lets the app answer, and then does to the answer what the fault says."""
    messages: list[Message] = []

    async def keep(message: Message) -> None:
        messages.append(message)

    if fault.kind == "timeout":
        await asyncio.sleep(fault.seconds)
    await app(scope, receive, keep)
    start, body = messages[0], b"".join(message.get("body", b"") for message in messages[1:])
    if fault.kind == "cut":
        body = body[: len(body) // 2]
        kept = [pair for pair in start["headers"] if pair[0] != b"content-length"]
        start["headers"] = [*kept, (b"content-length", str(len(body)).encode())]
    await send(start)
    if fault.kind == "drop":  # ending here makes the server close the connection
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        return
    await _send_body(fault, body, send)


async def _send_body(fault: Fault, body: bytes, send: Send) -> None:
    parts = SLOW_PARTS if fault.kind == "slow" else 1
    size = max(1, -(-len(body) // parts))
    for begin in range(0, len(body), size):
        if parts > 1:
            await asyncio.sleep(fault.seconds / parts)
        await send({"type": "http.response.body", "body": body[begin : begin + size], "more_body": True})
    await send({"type": "http.response.body", "body": b""})

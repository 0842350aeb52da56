"""/_sandbox/…: what tests ask and order. Not Slack's: nothing of Toban itself may call it.

GET    /_sandbox/messages       ?channel=name or id (default: all)&since=ts: a list, oldest first, replies
                                too, with metadata and "rings"; "ts" is when it became visible, "edited_at"
                                when it was last edited, "ephemeral_for" who alone sees it
GET    /_sandbox/mentions       ?channel=: {"messages": 2, "by": {"U…": 2, "channel": 1}}; messages that rang
GET    /_sandbox/calls          {"chat.postMessage": 3, …}; uploads of bytes count as "upload"
DELETE /_sandbox/calls          start counting anew, the limited ones too
GET    /_sandbox/limited        {"chat.postMessage": 1, …}: calls answered 429
POST   /_sandbox/faults         {"kind", "times": 1, "path": "chat.", "seconds", "error"}; see faults.KINDS
DELETE /_sandbox/faults         fair weather again
POST   /_sandbox/latency        {"ms": 100}
POST   /_sandbox/rates          {"mode": "off" | "generous" | "realistic"}

acting.py has what is done as somebody, socket_mode.py GET /_sandbox/socket-mode and POST …/disconnect,
interactivity.py the forms behind the page: POST /_sandbox/press, /shortcut, /submit and /dismiss.
"""

from collections import Counter
from typing import Any

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, ConfigDict

from toban.sandbox.slack.faults import KINDS, Fault, Weather
from toban.sandbox.slack.messages import Entry
from toban.sandbox.slack.rates import MODES, Rates
from toban.sandbox.slack.stamps import micros
from toban.sandbox.slack.workspace import Workspace


class Order(BaseModel):
    """A body that may hold nothing unknown."""

    model_config = ConfigDict(extra="forbid")


class FaultOrder(Order):
    """A fault to come."""

    kind: str
    times: int = 1
    path: str = ""
    seconds: float | None = None
    error: str = "internal_error"


class Latency(Order):
    """Milliseconds before every answer."""

    ms: int


class RateMode(Order):
    """One of rates.MODES."""

    mode: str


def weather_router(weather: Weather, rates: Rates) -> APIRouter:
    """Counting calls, ordering faults, latency and rate limits."""
    router = APIRouter(prefix="/_sandbox")

    @router.get("/calls")
    async def calls() -> dict[str, int]:
        return dict(weather.calls)

    @router.delete("/calls")
    async def forget_calls() -> dict[str, bool]:
        weather.calls.clear()
        weather.limited.clear()
        return {"ok": True}

    @router.get("/limited")
    async def limited() -> dict[str, int]:
        return dict(weather.limited)

    @router.post("/faults")
    async def order(fault: FaultOrder) -> dict[str, bool]:
        _require(fault.kind, list(KINDS))
        path = fault.path.removeprefix("/").removeprefix("api/")
        weather.faults.append(Fault(fault.kind, fault.times, path, fault.seconds, fault.error))
        return {"ok": True}

    @router.delete("/faults")
    async def clear() -> dict[str, bool]:
        weather.faults.clear()
        return {"ok": True}

    @router.post("/latency")
    async def latency(order: Latency) -> dict[str, bool]:
        weather.latency_ms = order.ms
        return {"ok": True}

    @router.post("/rates")
    async def limit(order: RateMode) -> dict[str, bool]:
        _require(order.mode, list(MODES))
        rates.switch(order.mode)
        return {"ok": True}

    return router


def messages_router(workspace: Workspace) -> APIRouter:
    """Reading what was said, without Slack's pages and rights."""
    router = APIRouter(prefix="/_sandbox")

    @router.get("/messages")
    async def messages(channel: str | None = None, since: str = "") -> list[dict[str, Any]]:
        return [_told(entry) for entry in _entries(workspace, channel) if micros(entry.ts) > micros(since)]

    @router.get("/mentions")
    async def mentions(channel: str | None = None) -> dict[str, Any]:
        rang = [entry.rang for entry in _entries(workspace, channel) if entry.rang]
        return {"messages": len(rang), "by": Counter(who for each in rang for who in each)}

    return router


def _entries(workspace: Workspace, channel: str | None) -> list[Entry]:
    chosen = [workspace.channels.named(channel)] if channel else workspace.channels.all()
    return [entry for each in chosen for entry in workspace.messages.of(each["id"], ephemeral=True)]


def _told(entry: Entry) -> dict[str, Any]:
    more: dict[str, Any] = {"channel": entry.channel, "rings": list(entry.rang)}
    if entry.edited_at:
        more["edited_at"] = entry.edited_at
    if entry.only_for:
        more["ephemeral_for"] = entry.only_for
    return {**entry.message, **more}


def _require(word: str, allowed: list[str]) -> None:
    if word not in allowed:
        raise HTTPException(422, f"{word!r} is unknown here; choose one of {', '.join(allowed)}")

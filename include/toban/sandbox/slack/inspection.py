"""/_sandbox/…: what tests ask and order. Not Slack's: nothing of Toban itself may call it.

GET    /_sandbox/calls          {"chat.postMessage": 3, …}; uploads of bytes count as "upload"
DELETE /_sandbox/calls          start counting anew
POST   /_sandbox/faults         {"kind", "times": 1, "path": "chat.", "seconds", "error"}; see faults.KINDS
DELETE /_sandbox/faults         fair weather again
POST   /_sandbox/latency        {"ms": 100}
POST   /_sandbox/rates          {"mode": "off" | "generous" | "realistic"}
POST   /_sandbox/scopes         {"scopes": ["chat:write", …]}
GET    /_sandbox/messages       ?channel=name or id (default: all); a list with replies, metadata, "rings"
POST   /_sandbox/say            {"user": e-mail, "channel", "text", "thread_ts"}: a person writes
POST   /_sandbox/interactivity  {"url", "signing_secret"}: where clicks are sent

socket_mode.py has GET /_sandbox/socket-mode and POST /_sandbox/socket-mode/disconnect, interactivity.py the
forms behind the page: POST /_sandbox/press, /shortcut, /submit and /dismiss.
"""

from typing import Any

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, ConfigDict

from toban.sandbox.slack.faults import KINDS, Fault, Weather
from toban.sandbox.slack.messages import Entry
from toban.sandbox.slack.outlet import Receiver
from toban.sandbox.slack.rates import MODES, Rates
from toban.sandbox.slack.workspace import Workspace


class _Order(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FaultOrder(_Order):
    """A fault to come."""

    kind: str
    times: int = 1
    path: str = ""
    seconds: float | None = None
    error: str = "internal_error"


class Latency(_Order):
    """Milliseconds before every answer."""

    ms: int


class RateMode(_Order):
    """One of rates.MODES."""

    mode: str


class Scopes(_Order):
    """All scopes the app has from now on."""

    scopes: list[str]


class Speech(_Order):
    """What a person writes."""

    user: str
    channel: str
    text: str
    thread_ts: str | None = None


class ReceiverOrder(_Order):
    """Where clicks go."""

    url: str
    signing_secret: str


def weather_router(weather: Weather, rates: Rates) -> APIRouter:
    """Counting calls, ordering faults, latency and rate limits."""
    router = APIRouter(prefix="/_sandbox")

    @router.get("/calls")
    async def calls() -> dict[str, int]:
        return dict(weather.calls)

    @router.delete("/calls")
    async def forget_calls() -> dict[str, bool]:
        weather.calls.clear()
        return {"ok": True}

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


def workspace_router(workspace: Workspace, receiver: Receiver) -> APIRouter:
    """Looking into the workspace and acting as its people."""
    router = APIRouter(prefix="/_sandbox")

    @router.get("/messages")
    async def messages(channel: str | None = None) -> list[dict[str, Any]]:
        chosen = [workspace.channels.named(channel)] if channel else workspace.channels.all()
        return [
            _told(entry) for each in chosen for entry in workspace.messages.of(each["id"], ephemeral=True)
        ]

    @router.post("/say")
    async def say(speech: Speech) -> dict[str, str]:
        return {"ts": workspace.say(speech.user, speech.channel, speech.text, speech.thread_ts)}

    @router.post("/scopes")
    async def scopes(order: Scopes) -> dict[str, bool]:
        workspace.scopes = set(order.scopes)
        return {"ok": True}

    @router.post("/interactivity")
    async def interactivity(order: ReceiverOrder) -> dict[str, bool]:
        receiver.url, receiver.signing_secret = order.url, order.signing_secret
        return {"ok": True}

    return router


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

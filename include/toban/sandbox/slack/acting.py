"""/_sandbox/…: what people and the app's owner do, ordered by tests.

POST /_sandbox/say            {"user": e-mail or id, "channel", "text", "thread_ts"}: a person writes
POST /_sandbox/people         {"name"} and, where wanted, "email", "tz", "team_id", "is_restricted",
                              "is_ultra_restricted", "is_stranger", "deleted", "is_bot": gives the user
POST /_sandbox/shortcuts      {"shortcuts": [{"callback_id", "name"}]}: the app's message shortcuts from now
POST /_sandbox/scopes         {"scopes": ["chat:write", …], "app_scopes": ["connections:write"]}
POST /_sandbox/interactivity  {"url", "signing_secret"}: where clicks are sent without Socket Mode
"""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter

from toban.sandbox.slack.inspection import Order
from toban.sandbox.slack.outlet import Receiver
from toban.sandbox.slack.workspace import APP_SCOPES, Workspace


class Scopes(Order):
    """All scopes the app has from now on."""

    scopes: list[str]
    app_scopes: Sequence[str] = APP_SCOPES


class Speech(Order):
    """What a person writes."""

    user: str
    channel: str
    text: str
    thread_ts: str | None = None


class Person(Order):
    """Somebody with an account, or from another workspace."""

    name: str
    email: str | None = None
    tz: str = "UTC"
    team_id: str | None = None
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False
    is_bot: bool = False


class Shortcut(Order):
    """One entry of a message's menu."""

    callback_id: str
    name: str


class Shortcuts(Order):
    """All of them."""

    shortcuts: list[Shortcut]


class ReceiverOrder(Order):
    """Where clicks go."""

    url: str
    signing_secret: str


def acting_router(workspace: Workspace, receiver: Receiver) -> APIRouter:
    """People, what they say, and how the app is set up."""
    router = APIRouter(prefix="/_sandbox")

    @router.post("/say")
    async def say(speech: Speech) -> dict[str, str]:
        return {"ts": workspace.say(speech.user, speech.channel, speech.text, speech.thread_ts)}

    @router.post("/people")
    async def people(person: Person) -> dict[str, Any]:
        return workspace.people.add(person.model_dump())

    @router.post("/shortcuts")
    async def shortcuts(order: Shortcuts) -> dict[str, bool]:
        workspace.shortcuts = [each.model_dump() for each in order.shortcuts]
        return {"ok": True}

    @router.post("/scopes")
    async def scopes(order: Scopes) -> dict[str, bool]:
        workspace.scopes, workspace.app_scopes = set(order.scopes), set(order.app_scopes)
        return {"ok": True}

    @router.post("/interactivity")
    async def interactivity(order: ReceiverOrder) -> dict[str, bool]:
        receiver.url, receiver.signing_secret = order.url, order.signing_secret
        return {"ok": True}

    return router

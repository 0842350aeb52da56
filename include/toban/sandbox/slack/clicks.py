"""A click becomes a signed request to the app, as Slack sends it, and the app may answer later."""

import asyncio
import hashlib
import hmac
import http.client
import json
import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from toban.sandbox.slack.messages import Entry
from toban.sandbox.slack.names import APP, TEAM
from toban.sandbox.slack.workspace import Workspace

PATIENCE_S = 3.0  # Slack shows an error where an app has not answered within three seconds
RESPONSE_USES, RESPONSE_S = 5, 1800.0  # a response_url works five times within half an hour


@dataclass
class Receiver:
    """Where the app wants clicks sent, and the secret they are signed with; nowhere at first."""

    url: str = ""
    signing_secret: str = ""


@dataclass
class ResponseUrl:
    """What a response_url stands for."""

    entry: Entry
    user: str
    at: float
    uses: int = 0

    def use(self) -> bool:
        """Whether it still works; counts the use."""
        self.uses += 1
        return self.uses <= RESPONSE_USES and time.monotonic() - self.at <= RESPONSE_S


@dataclass(frozen=True)
class Delivery:
    """What the app answered: its status (0 if it did not answer in time) and its JSON, if any."""

    status: int
    body: dict[str, Any]

    @property
    def accepted(self) -> bool:
        """Whether Slack would be content."""
        return 200 <= self.status < 300


def signature(secret: str, timestamp: str, body: str) -> str:
    """Slack's v0 request signature."""
    base = f"v0:{timestamp}:{body}".encode()
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


async def deliver(receiver: Receiver, payload: dict[str, Any]) -> Delivery:
    """Send an interaction payload to the app and wait for its answer, three seconds at most."""
    return await asyncio.to_thread(_post, receiver, urlencode({"payload": json.dumps(payload)}))


def _post(receiver: Receiver, body: str) -> Delivery:
    address, now = urlsplit(receiver.url), str(int(time.time()))
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": signature(receiver.signing_secret, now, body),
    }
    secure = address.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(address.hostname or "127.0.0.1", address.port, timeout=PATIENCE_S)
    try:
        connection.request("POST", address.path or "/", body, headers)
        answer = connection.getresponse()
        return Delivery(answer.status, _object(answer.read()))
    except (OSError, http.client.HTTPException):
        return Delivery(0, {})
    finally:
        connection.close()


def _object(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


class Clicks:
    """Makes the payloads, and remembers which response_url belongs to which message."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.response_urls: dict[str, ResponseUrl] = {}

    def block_actions(
        self, entry: Entry, user_id: str, action: dict[str, Any], base_url: str
    ) -> dict[str, Any]:
        """What Slack sends when a person presses something in a message."""
        token = secrets.token_urlsafe(12)
        self.response_urls[token] = ResponseUrl(entry, user_id, time.monotonic())
        channel = self._workspace.channels.by_id(entry.channel)
        container: dict[str, Any] = {"type": "message", "message_ts": entry.ts, "channel_id": entry.channel}
        container["is_ephemeral"] = bool(entry.only_for)
        if "thread_ts" in entry.message:
            container["thread_ts"] = entry.message["thread_ts"]
        return {
            **self._envelope("block_actions", user_id),
            "container": container,
            "channel": {"id": channel["id"], "name": channel.get("name", "directmessage")},
            "message": entry.message,
            "state": {"values": {}},
            "response_url": f"{base_url}/response/{token}",
            "actions": [{**action, "action_ts": f"{self._workspace.clock():.6f}"}],
        }

    def view(self, kind: str, view: dict[str, Any], user_id: str) -> dict[str, Any]:
        """What Slack sends when a modal is submitted (view_submission) or dismissed (view_closed)."""
        return {**self._envelope(kind, user_id), "view": view, "response_urls": [], "is_cleared": False}

    def _envelope(self, kind: str, user_id: str) -> dict[str, Any]:
        user = self._workspace.people.user(user_id)
        return {
            "type": kind,
            "user": {"id": user["id"], "username": user["name"], "name": user["name"], "team_id": TEAM},
            "team": {"id": TEAM, "domain": "sandbox"},
            "enterprise": None,
            "is_enterprise_install": False,
            "api_app_id": APP,
            "token": "sandbox",
            "trigger_id": self._workspace.views.trigger(user_id),
        }

"""The way to the app: over a WebSocket where the app holds one, else as a signed request to its address."""

import asyncio
import hashlib
import hmac
import http.client
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from toban.sandbox.slack.sockets import Sockets

PATIENCE_S = 3.0  # Slack shows an error where an app has not answered within three seconds


@dataclass
class Receiver:
    """Where the app wants clicks sent, and the secret they are signed with; nowhere at first."""

    url: str = ""
    signing_secret: str = ""


@dataclass(frozen=True)
class Delivery:
    """What the app answered: its status (0 if it did not answer in time) and its JSON, if any."""

    status: int
    body: dict[str, Any]

    @property
    def accepted(self) -> bool:
        """Whether Slack would be content."""
        return 200 <= self.status < 300


@dataclass(frozen=True)
class Outlet:
    """Both ways; with Socket Mode on, Slack sends nothing to the address."""

    receiver: Receiver
    sockets: Sockets

    async def deliver(self, payload: dict[str, Any]) -> Delivery | None:
        """Send an interaction and wait for the answer, three seconds at most on each way; None: no way."""
        if self.sockets.connections:
            acknowledged = await self.sockets.send(payload)
            return Delivery(0, {}) if acknowledged is None else _answered(acknowledged)
        if not self.receiver.url:
            return None
        return await asyncio.to_thread(_post, self.receiver, urlencode({"payload": json.dumps(payload)}))


def signature(secret: str, timestamp: str, body: str) -> str:
    """Slack's v0 request signature."""
    base = f"v0:{timestamp}:{body}".encode()
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def _answered(acknowledged: dict[str, Any]) -> Delivery:
    answer = acknowledged.get("payload")
    return Delivery(200, answer if isinstance(answer, dict) else {})


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

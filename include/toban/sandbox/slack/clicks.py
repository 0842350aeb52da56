"""What Slack tells the app about a click, and which response_url belongs to which message."""

import secrets
import time
from dataclasses import dataclass
from typing import Any

from toban.sandbox.slack.messages import Entry
from toban.sandbox.slack.names import APP, TEAM
from toban.sandbox.slack.workspace import Workspace

RESPONSE_USES, RESPONSE_S = 5, 1800.0  # a response_url works five times within half an hour


@dataclass
class ResponseUrl:
    """What a response_url stands for."""

    channel: str
    ts: str
    user: str
    at: float
    uses: int = 0

    def use(self) -> bool:
        """Whether it still works; counts the use."""
        self.uses += 1
        return self.uses <= RESPONSE_USES and time.monotonic() - self.at <= RESPONSE_S


class Clicks:
    """Makes the payloads, and remembers the response_urls."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.response_urls: dict[str, ResponseUrl] = {}

    def block_actions(
        self, entry: Entry, user_id: str, action: dict[str, Any], base_url: str
    ) -> dict[str, Any]:
        """What Slack sends when a person presses something in a message."""
        container: dict[str, Any] = {"type": "message", "message_ts": entry.ts, "channel_id": entry.channel}
        container["is_ephemeral"] = bool(entry.only_for)
        if "thread_ts" in entry.message:
            container["thread_ts"] = entry.message["thread_ts"]
        return {
            **self._about("block_actions", entry, user_id, base_url),
            "container": container,
            "state": {"values": {}},
            "actions": [{**action, "action_ts": self._now()}],
        }

    def shortcut(self, entry: Entry, user_id: str, callback_id: str, base_url: str) -> dict[str, Any]:
        """What Slack sends when a person chooses a message shortcut from a message's menu."""
        about = self._about("message_action", entry, user_id, base_url)
        return {**about, "callback_id": callback_id, "message_ts": entry.ts, "action_ts": self._now()}

    def view(self, kind: str, view: dict[str, Any], user_id: str) -> dict[str, Any]:
        """What Slack sends when a modal is submitted (view_submission) or dismissed (view_closed)."""
        return {**self._envelope(kind, user_id), "view": view, "response_urls": [], "is_cleared": False}

    def _about(self, kind: str, entry: Entry, user_id: str, base_url: str) -> dict[str, Any]:
        """What every interaction with a message tells."""
        token = secrets.token_urlsafe(12)
        self.response_urls[token] = ResponseUrl(entry.channel, entry.ts, user_id, time.monotonic())
        channel = self._workspace.channels.by_id(entry.channel)
        return {
            **self._envelope(kind, user_id),
            "channel": {"id": channel["id"], "name": channel.get("name", "directmessage")},
            "message": entry.message,
            "response_url": f"{base_url}/response/{token}",
        }

    def _envelope(self, kind: str, user_id: str) -> dict[str, Any]:
        """`user.team_id` is another workspace's where somebody from there clicks in a shared channel."""
        user = self._workspace.people.user(user_id)
        name, team = user["name"], user["team_id"]
        return {
            "type": kind,
            "user": {"id": user["id"], "username": name, "name": name, "team_id": team},
            "team": {"id": TEAM, "domain": "sandbox"},
            "enterprise": None,
            "is_enterprise_install": False,
            "api_app_id": APP,
            "token": "sandbox",
            "trigger_id": self._workspace.views.trigger(user_id),
        }

    def _now(self) -> str:
        return f"{self._workspace.clock():.6f}"

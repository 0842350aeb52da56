"""Modals: who has which one open, and the trigger ids that allow an app to open one."""

import time
from dataclasses import dataclass
from typing import Any

from toban.sandbox.slack.names import APP, BOT, TEAM, id_for
from toban.sandbox.slack.refusal import RefusedError

TRIGGER_S = 3.0  # Slack's trigger ids live three seconds


@dataclass(frozen=True)
class Trigger:
    """A person's click, which lets the app open one modal for that person soon after."""

    user: str
    at: float


class Views:
    """Open modals; like Slack's, they do not outlive the session."""

    def __init__(self) -> None:
        self._triggers: dict[str, Trigger] = {}
        self._open: dict[str, dict[str, Any]] = {}
        self._users: dict[str, str] = {}
        self.changes = 0

    def trigger(self, user: str) -> str:
        """A fresh trigger id for a person who has just clicked."""
        key = f"{len(self._triggers) + 1}.{id_for('', user)}"
        self._triggers[key] = Trigger(user, time.monotonic())
        return key

    def open(self, trigger_id: str, view: dict[str, Any]) -> dict[str, Any]:
        """Show a modal to whoever clicked; refuses with invalid_trigger_id or expired_trigger_id."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise RefusedError("invalid_trigger_id")
        if time.monotonic() - trigger.at > TRIGGER_S:
            raise RefusedError("expired_trigger_id")
        key = id_for("V", f"{trigger_id} {len(self._open)}")
        self._users[key] = trigger.user
        return self.replace(key, view)

    def replace(self, view_id: str, view: dict[str, Any]) -> dict[str, Any]:
        """Put another content into an open modal."""
        self.changes += 1
        made = {"private_metadata": "", "callback_id": "", "state": {"values": {}}, **view}
        made |= {"id": view_id, "team_id": TEAM, "app_id": APP, "bot_id": BOT, "root_view_id": view_id}
        self._open[view_id] = {**made, "hash": f"{time.time():.6f}"}
        return self._open[view_id]

    def get(self, view_id: str) -> dict[str, Any]:
        """An open modal; refuses with not_found."""
        if view_id not in self._open:
            raise RefusedError("not_found")
        return self._open[view_id]

    def shown_to(self, user: str) -> dict[str, Any] | None:
        """The modal a person sees: the last one opened for that person, or None."""
        mine = [view for key, view in self._open.items() if self._users[key] == user]
        return mine[-1] if mine else None

    def close(self, view_id: str) -> None:
        """Take a modal away."""
        self.changes += 1
        self._open.pop(view_id, None)

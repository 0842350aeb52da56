"""Channels and direct messages, in the shapes of Slack's conversation object."""

from collections.abc import Mapping
from typing import Any

from toban.sandbox.slack.journal import Journal, Shelf
from toban.sandbox.slack.names import BOT_USER, TEAM, id_for
from toban.sandbox.slack.refusal import RefusedError

TOPIC_CHARACTERS = 250
CREATED = 1_577_836_800  # 2020-01-01; nothing depends on it


class Channels:
    """Every conversation of the workspace and whether the bot takes part."""

    def __init__(self, journal: Journal) -> None:
        self._shelf = Shelf(journal, "channels")

    def all(self) -> list[dict[str, Any]]:
        """Every conversation, by name; direct messages last."""
        return sorted(self._shelf.all(), key=lambda each: (each["is_im"], str(each.get("name", each["id"]))))

    def add(self, channel: str | Mapping[str, Any]) -> dict[str, Any]:
        """Add a channel by name, or by name with is_private, is_member, is_archived, topic; or find it."""
        given = {"name": channel} if isinstance(channel, str) else dict(channel)
        name = given["name"].lstrip("#")
        key = given.get("id") or id_for("C", name)
        return self._shelf.get(key) or self._shelf.put(key, _channel(key, name, given))

    def direct(self, user: Mapping[str, Any]) -> dict[str, Any]:
        """The direct-message conversation with a user, opened if it is not there yet."""
        key = id_for("D", user["id"])
        made = {"id": key, "user": user["id"], "is_im": True, "is_member": True, "is_archived": False}
        made |= {"is_private": True, "is_channel": False, "created": CREATED}
        return self._shelf.get(key) or self._shelf.put(key, made)

    def by_id(self, channel_id: str) -> dict[str, Any]:
        """The conversation the bot can see under this id; refuses with channel_not_found."""
        channel = self._shelf.get(channel_id)
        if channel is None or not _is_visible(channel):
            raise RefusedError("channel_not_found")
        return channel

    def named(self, name_or_id: str) -> dict[str, Any]:
        """The same by id, name or #name."""
        wanted = name_or_id.lstrip("#")
        for channel in self._shelf.all():
            if wanted in (channel["id"], channel.get("name")) and _is_visible(channel):
                return channel
        raise RefusedError("channel_not_found")

    def visible(self) -> list[dict[str, Any]]:
        """What conversations.list may show: public channels, and private ones the bot is in."""
        return [channel for channel in self.all() if _is_visible(channel)]

    def change(self, channel_id: str, **changes: Any) -> dict[str, Any]:
        """Set fields of a channel, for instance is_member or is_archived."""
        return self._shelf.put(channel_id, {**self.by_id(channel_id), **changes})

    def set_topic(self, channel_id: str, topic: str) -> dict[str, Any]:
        """A channel's new topic, at most 250 characters; refuses with too_long."""
        if len(topic) > TOPIC_CHARACTERS:
            raise RefusedError("too_long")
        return self.change(channel_id, topic={"value": topic, "creator": BOT_USER, "last_set": CREATED})


def require_member(channel: Mapping[str, Any]) -> None:
    """Refuses with is_archived or not_in_channel where the bot may not act."""
    if channel["is_archived"]:
        raise RefusedError("is_archived")
    if not channel["is_member"]:
        raise RefusedError("not_in_channel")


def _is_visible(channel: Mapping[str, Any]) -> bool:
    return bool(channel["is_member"] or not channel["is_private"])


def _channel(key: str, name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    private = bool(given.get("is_private", False))
    return {
        "id": key,
        "name": name,
        "name_normalized": name,
        "is_channel": not private,
        "is_group": private,
        "is_im": False,
        "is_private": private,
        "is_archived": bool(given.get("is_archived", False)),
        "is_general": name == "general",
        "is_member": bool(given.get("is_member", True)),
        "context_team_id": TEAM,
        "created": CREATED,
        "topic": {"value": given.get("topic", ""), "creator": "", "last_set": 0},
        "purpose": {"value": given.get("purpose", ""), "creator": "", "last_set": 0},
    }

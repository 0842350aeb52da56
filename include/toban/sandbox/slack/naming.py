"""Names for ids, for the page: who is mentioned, who is rung, who wrote."""

import zlib
from typing import Any

from toban.sandbox.slack.messages import Entry
from toban.sandbox.slack.names import BOT_USER, TEAM
from toban.sandbox.slack.refusal import RefusedError
from toban.sandbox.slack.workspace import Workspace

_RANGES = ("channel", "here", "everyone")
COLOURS = 8  # classes c0 to c7 of the style sheet


def _initials(name: str) -> str:
    """BC for Ben Carter; 田 for 田中 愛子, because two ideographs do not fit."""
    letters = "".join(word[0] for word in name.split()[:2]).upper()
    return letters if letters.isascii() else letters[:1]


class Naming:
    """Looks ids up in one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def mention(self, target: str) -> str | None:
        """What stands between < and > as people read it (@Name, #channel, @group); None if no mention."""
        if target.startswith("@"):
            return self._user(target[1:])
        if target.startswith("#"):
            return self._channel(target[1:])
        if target.startswith("!subteam^"):
            group = self._workspace.people.groups.get(target.removeprefix("!subteam^"))
            return f"@{group['handle']}" if group else None
        return f"@{target[1:]}" if target[1:] in _RANGES and target[0] == "!" else None

    def person(self, user: dict[str, Any]) -> str:
        """A name, and what its bearer is if not a member: "Ann (guest)"."""
        where = "other workspace" if user["team_id"] != TEAM else "guest" if user["is_restricted"] else ""
        return f"{user['real_name']} ({where})" if where else str(user["real_name"])

    def author(self, message: dict[str, Any]) -> dict[str, Any]:
        """Name, initials, a colour that stays the same, and whether it is the app."""
        user = self._workspace.people.users.get(message.get("user", ""))
        name = str(user["real_name"]) if user else "unknown"
        initials = "当" if message.get("user") == BOT_USER else _initials(name)
        colour = zlib.crc32(name.encode()) % COLOURS
        return {"name": name, "initials": initials, "colour": colour, "is_app": bool(user and user["is_bot"])}

    def rung(self, entry: Entry, viewer: str) -> dict[str, Any] | None:
        """Whom a message rang, in words, and whether the viewer is among them; None if nobody."""
        words, people = [], set[str]()
        for ring in entry.rang:
            label, members = self._ring(ring)
            words.append(label)
            people |= members
        return {"words": words, "you": viewer in people, "many": len(people) > len(words)} if words else None

    def _ring(self, ring: str) -> tuple[str, set[str]]:
        everyone = {str(user["id"]) for user in self._workspace.people.humans()}
        if ring in _RANGES:
            return f"everyone by @{ring}", everyone
        group = self._workspace.people.groups.get(ring)
        if group:
            return f"@{group['handle']} ({len(group['users'])})", set(group["users"])
        return (self._user(ring) or f"nobody: {ring} is unknown").removeprefix("@"), {ring}

    def _user(self, user_id: str) -> str | None:
        user = self._workspace.people.users.get(user_id)
        return f"@{user['real_name']}" if user else None

    def _channel(self, channel_id: str) -> str | None:
        try:
            return f"#{self._workspace.channels.by_id(channel_id)['name']}"
        except (RefusedError, KeyError):
            return None

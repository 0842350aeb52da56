"""Channels and people of the workspace."""

from typing import Any

from toban.clients.slack.nouns import Channel, SlackUser
from toban.clients.slack.refusals import refusal
from toban.clients.slack.transport import Transport
from toban.errors import SlackRefused

PAGE = 1000  # the most that conversations.list gives
ID_START = ("C", "G", "D")


def is_channel_id(name: str) -> bool:
    """Ids are capitals and digits; names in Slack have no capitals."""
    return name.startswith(ID_START) and name.isalnum() and name.upper() == name


class Directory:
    """Looks things up once and remembers them for as long as it lives."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._by_name: dict[str, Channel] | None = None
        self._by_id: dict[str, Channel] = {}

    def channel(self, name_or_id: str) -> Channel:
        """The channel of that id or name (with or without #, in any case); raises SlackRefused."""
        if is_channel_id(name_or_id):
            return self._of_id(name_or_id)
        if self._by_name is None:
            self._by_name = self._listed()
        found = self._by_name.get(name_or_id.removeprefix("#").casefold())
        if found is None:
            raise refusal("conversations.list", name_or_id, "channel_not_found", {})
        return found

    def channel_id(self, name_or_id: str) -> str:
        """An id as it is, a name as the id of its channel; raises SlackRefused."""
        return name_or_id if is_channel_id(name_or_id) else self.channel(name_or_id).id

    def known_as(self, channel_id: str) -> str:
        """``#name`` where it has been looked up already, for sentences; else what was given."""
        known = self._by_id.get(channel_id)
        return f"#{known.name}" if known else channel_id

    def direct(self, user_id: str) -> str:
        """The id of the channel of direct messages with that account; needs im:write; raises SlackRefused."""
        answer = self._transport.call("conversations.open", about=user_id, users=user_id)
        return str(answer["channel"]["id"])

    def user_by_email(self, email: str) -> SlackUser | None:
        """The account with that address, also a deactivated one; None where there is none."""
        try:
            answer = self._transport.call("users.lookupByEmail", about=email, email=email)
        except SlackRefused as error:
            if error.code == "users_not_found":
                return None
            raise
        return _user(answer["user"])

    def user(self, user_id: str) -> SlackUser:
        """The account of that id; raises SlackRefused."""
        return _user(self._transport.call("users.info", about=user_id, user=user_id)["user"])

    def user_group_ids(self) -> set[str]:
        """The ids of the user groups that are in use; raises SlackRefused."""
        return {group["id"] for group in self._transport.call("usergroups.list")["usergroups"]}

    def _of_id(self, channel_id: str) -> Channel:
        if channel_id not in self._by_id:
            answer = self._transport.call("conversations.info", about=channel_id, channel=channel_id)
            self._by_id[channel_id] = _channel(answer["channel"])
        return self._by_id[channel_id]

    def _listed(self) -> dict[str, Channel]:
        try:
            channels = self._pages("public_channel,private_channel")
        except SlackRefused as error:
            if error.code != "missing_scope":
                raise
            channels = self._pages(
                "public_channel"
            )  # private ones need groups:read, which is not asked of all
        # An archived channel must not hide a living one of the same name.
        by_age = sorted(channels, key=lambda channel: not channel.is_archived)
        self._by_id |= {channel.id: channel for channel in channels}
        return {channel.name.casefold(): channel for channel in by_age}

    def _pages(self, types: str) -> list[Channel]:
        channels: list[Channel] = []
        cursor: str | None = None
        while True:
            answer = self._transport.call("conversations.list", types=types, limit=PAGE, cursor=cursor)
            channels += [_channel(channel) for channel in answer["channels"]]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                return channels


def _channel(body: dict[str, Any]) -> Channel:
    return Channel(
        id=body["id"],
        name=body.get("name", ""),
        is_member=bool(body.get("is_member")),
        is_archived=bool(body.get("is_archived")),
        is_private=bool(body.get("is_private")),
        is_shared=bool(body.get("is_ext_shared") or body.get("is_pending_ext_shared")),
    )


def _user(body: dict[str, Any]) -> SlackUser:
    return SlackUser(
        id=body["id"],
        name=body.get("name", ""),
        is_bot=bool(body.get("is_bot")),
        deleted=bool(body.get("deleted")),
        is_guest=bool(body.get("is_restricted") or body.get("is_ultra_restricted")),
        is_stranger=bool(body.get("is_stranger")),
        teams=frozenset([body.get("team_id") or "", *(body.get("enterprise_user") or {}).get("teams", ())]),
        email=(body.get("profile") or {}).get("email"),
    )

"""Slack as Toban uses it: messages, files, channels, people."""

import json
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from toban.clients.slack import search
from toban.clients.slack.directory import Directory
from toban.clients.slack.nouns import Channel, File, Posted, SlackUser
from toban.clients.slack.pace import Pace
from toban.clients.slack.transport import LONGEST_RETRY_AFTER_S, TRIES, Transport
from toban.domain.message import Block, Message
from toban.errors import SlackRefused


def _at_once() -> None:
    """Nothing has to happen before a message is sent."""


class Slack:
    """One bot's token. Every method may raise SlackUnavailable and SlackRefused."""

    def __init__(
        self,
        token: str,
        url: str = "https://slack.com/api/",
        *,
        timeout_s: int = 10,
        sleep: Callable[[float], None] = time.sleep,
        tries: int = TRIES,
        longest_wait_s: float = LONGEST_RETRY_AFTER_S,
    ) -> None:
        self.timeout_s = timeout_s
        self._transport = Transport(
            token, url, timeout_s=timeout_s, sleep=sleep, tries=tries, longest_wait_s=longest_wait_s
        )
        self._directory = Directory(self._transport)
        self._pace = Pace(sleep)

    def post(
        self,
        channel: str,
        message: Message,
        *,
        thread_ts: str | None = None,
        key: str | None = None,
        before: Callable[[], None] = _at_once,
    ) -> Posted:
        """Post a message, at most one a second and channel; it must be one part (see `Message.parts`).

        ``key`` travels in the metadata. ``before`` runs when its turn has come, right before each try.
        Raises SlackUnsure when the message may be there all the same: it is never sent again blindly.
        """
        self._pace.wait(channel)
        answer = self._transport.call_once(
            "chat.postMessage",
            before=before,
            about=self._directory.known_as(channel),
            channel=channel,
            thread_ts=thread_ts,
            unfurl_links=False,
            unfurl_media=False,
            **_content(message, key),
        )
        return Posted(answer["channel"], answer["ts"])

    def wait_s(self, channel: str) -> float:
        """Seconds until a message may be posted in the channel, whose id is needed here."""
        return self._pace.left_s(channel)

    def update(self, channel: str, ts: str, message: Message, *, key: str | None = None) -> Posted:
        """Edit a message; nobody is notified again."""
        self._transport.call(
            "chat.update",
            about=self._directory.known_as(channel),
            channel=channel,
            ts=ts,
            **_content(message, key),
        )
        return Posted(channel, ts)

    def delete(self, channel: str, ts: str) -> None:
        """Take a message back; one that is gone already is as good."""
        try:
            self._transport.call(
                "chat.delete", about=self._directory.known_as(channel), channel=channel, ts=ts
            )
        except SlackRefused as error:
            if error.code != "message_not_found":
                raise

    def find(self, channel: str, key: str, *, oldest: datetime, thread_ts: str | None = None) -> str | None:
        """The ``ts`` of the message posted with that key since shortly before ``oldest``, or None."""
        return search.message_ts(self._transport, channel, key, oldest=oldest, thread_ts=thread_ts)

    def find_file(
        self, channel: str, name: str, *, oldest: datetime, thread_ts: str | None = None
    ) -> str | None:
        """The ``ts`` of the message showing a file of that name since shortly before ``oldest``, or None."""
        return search.file_ts(self._transport, channel, name, oldest=oldest, thread_ts=thread_ts)

    def upload(
        self,
        channel: str,
        file: File,
        thread_ts: str | None = None,
        *,
        before: Callable[[], None] = _at_once,
    ) -> None:
        """Show a file in a channel, whose id is needed here; Slack places it a moment later.

        Raises SlackUnsure as `post` does; the two steps before the last show nothing and may be repeated.
        """
        place = self._transport.call(
            "files.getUploadURLExternal",
            about=file.name,
            filename=file.name,
            length=len(file.content),
            alt_txt=file.alt,
        )
        self._transport.send_bytes(place["upload_url"], file.content)
        self._pace.wait(channel)
        self._transport.call_once(
            "files.completeUploadExternal",
            before=before,
            about=self._directory.known_as(channel),
            channel_id=channel,
            thread_ts=thread_ts,
            files=json.dumps([{"id": place["file_id"], "title": file.title}]),
        )

    def channel(self, name_or_id: str) -> Channel:
        """The channel of that id or name (with or without #, in any case); listed once, then remembered."""
        return self._directory.channel(name_or_id)

    def channel_id(self, name_or_id: str) -> str:
        """An id as it is, without a call; a name as the id of its channel."""
        return self._directory.channel_id(name_or_id)

    def direct(self, user_id: str) -> str:
        """The id of the channel of direct messages with that account; needs the scope im:write."""
        return self._directory.direct(user_id)

    def user_by_email(self, email: str) -> SlackUser | None:
        """The account with that address, also a deactivated one; None where there is none."""
        return self._directory.user_by_email(email)

    def user(self, user_id: str) -> SlackUser:
        """The account of that id."""
        return self._directory.user(user_id)

    def user_group_ids(self) -> set[str]:
        """The ids of the user groups that are in use; needs the scope usergroups:read."""
        return self._directory.user_group_ids()

    def set_topic(self, channel: str, topic: str) -> None:
        """The line at the head of a channel, whose id is needed here; plain text."""
        self._transport.call(
            "conversations.setTopic", about=self._directory.known_as(channel), channel=channel, topic=topic
        )

    def set_user_group(self, group_id: str, user_ids: Sequence[str]) -> None:
        """Replace ALL members of a user group; Slack refuses an empty list."""
        users = ",".join(user_ids)
        self._transport.call("usergroups.users.update", about=group_id, usergroup=group_id, users=users)

    def open_view(self, trigger_id: str, view: Block) -> None:
        """Show a dialog to whoever has just pressed something; Slack allows it for three seconds."""
        self._transport.call_at_once(
            "views.open", about="a dialog", trigger_id=trigger_id, view=json.dumps(view)
        )

    def permalink(self, channel: str, ts: str) -> str:
        """The address under which people find a message."""
        answer = self._transport.call("chat.getPermalink", about=channel, channel=channel, message_ts=ts)
        return str(answer["permalink"])

    def respond(self, response_url: str, text: str) -> None:
        """Tell the person who pressed something, and nobody else; ``text`` is mrkdwn. One try.

        Slack takes five such answers within half an hour.
        """
        self._transport.respond(
            response_url, {"response_type": "ephemeral", "replace_original": False, "text": text}
        )

    def auth_test(self) -> dict[str, Any]:
        """Who the token is (``user_id``, ``team``, …), ``scopes``, what it may do, and ``answered_at``.

        ``answered_at`` is the time on Slack's clock, aware, or None where the answer does not say.
        """
        answer = self._transport.call("auth.test")
        headers = answer.pop("headers")
        scopes = [scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",")]
        date = headers.get("date")
        return {
            **answer,
            "scopes": [scope for scope in scopes if scope],
            "answered_at": parsedate_to_datetime(date) if date else None,
        }


def _content(message: Message, key: str | None) -> dict[str, Any]:
    metadata = {"event_type": search.EVENT_TYPE, "event_payload": {"key": key}} if key else None
    return {
        "text": message.text,
        "blocks": list(message.blocks) or None,
        "metadata": metadata,
        "link_names": False,
    }

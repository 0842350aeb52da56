"""One Slack workspace: its people, channels, messages and files, and what the app may do in it."""

import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from toban.sandbox.slack.channels import Channels
from toban.sandbox.slack.files import Files
from toban.sandbox.slack.journal import Journal
from toban.sandbox.slack.messages import Messages
from toban.sandbox.slack.people import People
from toban.sandbox.slack.sockets import Sockets
from toban.sandbox.slack.stamps import Stamps, micros
from toban.sandbox.slack.views import Views

# What an app like Toban asks for; chat:write.public is left out, so that not_in_channel can be met.
SCOPES = (
    "channels:history",
    "channels:join",
    "channels:read",
    "channels:write.topic",
    "chat:write",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "reactions:write",
    "usergroups:read",
    "usergroups:write",
    "users:read",
    "users:read.email",
)
APP_SCOPES = ("connections:write",)  # of the app-level token


class Workspace:
    """The state behind the local Slack; with a `state_dir` it is there again after a restart.

    `clock` gives seconds since 1970; message timestamps follow it. `scopes` is what the app was granted,
    `shortcuts` are its message shortcuts: {callback_id, name} each.
    """

    def __init__(
        self,
        *,
        name: str = "Sandbox",
        time_zone: str = "UTC",
        state_dir: Path | None = None,
        scopes: Iterable[str] = SCOPES,
        shortcuts: Iterable[Mapping[str, str]] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        journal = self._journal = Journal(state_dir)
        self.name, self.time_zone, self.clock = name, time_zone, clock
        self.scopes, self.app_scopes = set(scopes), set(APP_SCOPES)
        self.people = People(journal)
        self.channels = Channels(journal)
        self.files = Files(journal)
        self.messages = Messages(journal, Stamps(clock, _latest(journal)))
        self.views, self.sockets = Views(), Sockets()
        self.shortcuts = [dict(each) for each in shortcuts]
        self.channels.add({"name": "general", "is_member": False})

    @classmethod
    def for_people(
        cls,
        people: Iterable[Mapping[str, Any]],
        channels: Iterable[str | Mapping[str, Any]] = (),
        groups: Iterable[Mapping[str, Any]] = (),
        **options: Any,
    ) -> "Workspace":
        """A workspace for a directory of people, {name, email, tz} each; People.add tells of guests.

        The bot is a member of the `channels` given by name; a mapping can say otherwise (is_member,
        is_private, is_archived, topic). `groups` are {handle, name, users: e-mails}. `#general` always
        exists, without the bot. `options` are those of the constructor.
        """
        workspace = cls(**options)
        for person in people:
            workspace.people.add(person)
        for channel in channels:
            workspace.channels.add(channel)
        for group in groups:
            workspace.people.add_group(group)
        return workspace

    @property
    def version(self) -> str:
        """Differs whenever something a page shows has changed."""
        return f"{self._journal.changes}.{self.views.changes}"

    def user_id(self, who: str) -> str:
        """The id of the user with this e-mail address or handle."""
        return str(self.people.find(who)["id"])

    def channel_id(self, name: str) -> str:
        """The id of the channel with this name."""
        return str(self.channels.named(name)["id"])

    def say(self, who: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Let a person write a message, as people do between the app's; gives its ts."""
        message = {"type": "message", "user": self.user_id(who), "text": text}
        if thread_ts:
            message["thread_ts"] = thread_ts
        return str(self.messages.post(self.channel_id(channel), message)["ts"])


def _latest(journal: Journal) -> str | None:
    return max(journal.things("messages"), key=micros, default=None)

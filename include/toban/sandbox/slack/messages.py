"""Messages and their threads: what was posted where, edited, deleted, broadcast and reacted to."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from toban.sandbox.slack.journal import Journal, Shelf
from toban.sandbox.slack.mentions import rings
from toban.sandbox.slack.refusal import RefusedError
from toban.sandbox.slack.stamps import Stamps, micros

Message = dict[str, Any]
CONTENT = ("text", "blocks", "attachments", "metadata")


@dataclass(frozen=True)
class Entry:
    """A message, where it stands, when it was last edited, and who alone sees it if it is ephemeral.

    `rang` is who was mentioned when it was posted: an edit rings nobody, a channel's topic neither.
    """

    channel: str
    message: Message
    edited_at: str | None = None
    only_for: str | None = None
    rang: Sequence[str] = ()

    @property
    def ts(self) -> str:
        """The message's timestamp, its id within the channel."""
        return str(self.message["ts"])

    @property
    def is_reply(self) -> bool:
        """Whether it stands in another message's thread."""
        return bool(self.message.get("thread_ts", self.ts) != self.ts)

    @property
    def in_channel(self) -> bool:
        """Whether the channel itself shows it: replies stand in their thread alone unless broadcast."""
        return not self.is_reply or self.message.get("subtype") == "thread_broadcast"


class Messages:
    """All messages; a ts is unique in the workspace, so that it finds a message by itself."""

    def __init__(self, journal: Journal, stamps: Stamps) -> None:
        self._journal, self._shelf, self._stamps = journal, Shelf(journal, "messages"), stamps
        known = sorted((Entry(**body) for body in self._shelf.all()), key=lambda entry: micros(entry.ts))
        self._entries: dict[str, Entry] = {}
        # By channel and by thread, oldest first, and so it stays: a ts only grows.
        self._channels: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
        self._threads: defaultdict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
        for entry in known:
            self._file(entry)

    def of(self, channel: str, *, ephemeral: bool = False) -> list[Entry]:
        """A channel's messages and replies, oldest first; ephemeral ones only on demand."""
        here = self._channels[channel].values()
        return [entry for entry in here if ephemeral or not entry.only_for]

    def post(self, channel: str, message: Message, only_for: str | None = None) -> Message:
        """Store a message under a fresh ts; a reply is counted at its thread's head."""
        rang = [] if message.get("subtype") == "channel_topic" else rings(message)
        entry = Entry(channel, {**message, "ts": self._stamps.next()}, None, only_for, rang)
        self._keep(entry)
        if entry.is_reply and not only_for:
            self._count_replies(channel, message["thread_ts"])
        return entry.message

    def at(
        self, channel: str, ts: str, missing: str = "message_not_found", *, ephemeral: bool = False
    ) -> Entry:
        """The message with this ts, an ephemeral one only on demand; refuses with `missing`."""
        entry = self._entries.get(ts)
        if entry is None or entry.channel != channel or (entry.only_for and not ephemeral):
            raise RefusedError(missing)
        return entry

    def edit(self, entry: Entry, **changes: Any) -> Message:
        """Change fields of a message; None removes a field."""
        message = {**entry.message, **changes}
        edited = {name: value for name, value in message.items() if value is not None}
        at = self._stamps.next() if changes.keys() & set(CONTENT) else entry.edited_at
        self._keep(replace(entry, message=edited, edited_at=at))
        return edited

    def delete(self, entry: Entry) -> None:
        """Take a message away; the head of a thread leaves a tombstone, as in Slack."""
        if entry.message.get("reply_count"):
            kept = {name: value for name, value in entry.message.items() if name not in (*CONTENT, "files")}
            gone = {**kept, "subtype": "tombstone", "text": "This message was deleted."}
            self._keep(replace(entry, message=gone, edited_at=self._stamps.next()))
            return
        del self._entries[entry.ts], self._channels[entry.channel][entry.ts], self._thread_of(entry)[entry.ts]
        self._shelf.remove(entry.ts)
        if entry.is_reply and not entry.only_for:
            self._count_replies(entry.channel, entry.message["thread_ts"])

    def thread(self, channel: str, ts: str, *, ephemeral: bool = False) -> list[Entry]:
        """The head of a thread and its replies, oldest first; ephemeral ones only on demand."""
        there = self._threads[channel, ts].values()
        return [entry for entry in there if ephemeral or not entry.only_for]

    def _keep(self, entry: Entry) -> None:
        self._file(entry)
        self._journal.changes += 1
        if not entry.only_for:  # an ephemeral message does not outlive the session
            self._shelf.put(entry.ts, asdict(entry))

    def _file(self, entry: Entry) -> None:
        self._entries[entry.ts] = self._channels[entry.channel][entry.ts] = entry
        self._thread_of(entry)[entry.ts] = entry

    def _thread_of(self, entry: Entry) -> dict[str, Entry]:
        return self._threads[entry.channel, entry.message.get("thread_ts", entry.ts)]

    def _count_replies(self, channel: str, head_ts: str) -> None:
        head = self.at(channel, head_ts)
        replies = [entry.message for entry in self.thread(channel, head_ts) if entry.is_reply]
        users = list(dict.fromkeys(reply["user"] for reply in replies))
        counted: Message = {"thread_ts": None, "reply_count": None, "reply_users": None, "latest_reply": None}
        if replies:
            counted = {"thread_ts": head_ts, "reply_count": len(replies), "reply_users": users}
            counted["latest_reply"] = replies[-1]["ts"]
        self.edit(head, **counted)

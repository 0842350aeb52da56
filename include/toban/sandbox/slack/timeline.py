"""A channel as rows for the page: authors, days, times, threads, who is rung, the phone's notification."""

from datetime import datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from toban.sandbox.slack.messages import Entry
from toban.sandbox.slack.mrkdwn import readable
from toban.sandbox.slack.naming import Naming
from toban.sandbox.slack.stamps import MICRO, micros
from toban.sandbox.slack.workspace import Workspace

FOLLOWS_S = 300  # messages of one author within five minutes stand under one name

_ALONE = ("subtype", "blocks", "files", "attachments")

Row = dict[str, Any]


class Timeline:
    """The rows that one viewer sees, with clock times in one zone."""

    def __init__(self, workspace: Workspace, viewer: str, zone: ZoneInfo) -> None:
        self._workspace, self._viewer, self._zone = workspace, viewer, zone
        self._naming = Naming(workspace)

    def channel(self, channel_id: str) -> list[Row]:
        """A channel's own messages, oldest first; the ephemeral ones of others are left out."""
        everything = self._workspace.messages.of(channel_id, ephemeral=True)
        shown = [entry for entry in self._mine(everything) if entry.in_channel]
        return _grouped([self._row(entry) for entry in shown])

    def thread(self, channel_id: str, ts: str) -> list[Row]:
        """A thread's head and replies, oldest first."""
        return _grouped(
            [
                self._row(entry)
                for entry in self._mine(self._workspace.messages.thread(channel_id, ts, ephemeral=True))
            ]
        )

    def _mine(self, entries: list[Entry]) -> list[Entry]:
        """Without what only others see."""
        return [entry for entry in entries if entry.only_for in {None, self._viewer}]

    def _row(self, entry: Entry) -> Row:
        message = entry.message
        at = self._local(entry.ts)
        return {
            "entry": entry,
            "message": message,
            "ts": entry.ts,
            "author": self._naming.author(message),
            "at": at,
            "day": f"{at:%A} {at.day} {at:%B %Y}",
            "clock": f"{at:%H:%M}",
            "exact": f"{at:%Y-%m-%d %H:%M:%S %Z}",
            "edited": f"{self._local(entry.edited_at):%H:%M}" if entry.edited_at else "",
            "rung": self._naming.rung(entry, self._viewer),
            "notification": readable(message.get("text", ""), self._naming.mention),
        }

    def _local(self, ts: str) -> datetime:
        return datetime.fromtimestamp(micros(ts) / MICRO, self._zone)


def _grouped(rows: list[Row]) -> list[Row]:
    """Marks where a day begins and where a message follows another of the same author."""
    for row in rows[:1]:
        row |= {"begins_day": True, "follows": False}
    for before, row in pairwise(rows):
        row["begins_day"] = before["day"] != row["day"]
        soon = (row["at"] - before["at"]).total_seconds() < FOLLOWS_S
        plainly = not any(_stands_alone(each) for each in (before, row))
        same = before["author"] == row["author"]
        row["follows"] = soon and same and plainly and not row["begins_day"]
    return rows


def _stands_alone(row: Row) -> bool:
    """Whether a message is more than a line of text and shows its author again."""
    return bool(row["entry"].only_for or any(row["message"].get(part) for part in _ALONE))

"""conversations.history and conversations.replies: reading back what was said."""

from collections.abc import Iterator
from typing import Any

from toban.sandbox.slack.arguments import Arguments
from toban.sandbox.slack.messages import Entry
from toban.sandbox.slack.methods.registry import Answer, Call, method, page
from toban.sandbox.slack.rates import TIER_3
from toban.sandbox.slack.refusal import RefusedError
from toban.sandbox.slack.stamps import micros

_SCOPES = ("channels:history", "groups:history", "im:history")


@method("conversations.history", *_SCOPES, per_minute=TIER_3)
def history(call: Call) -> Answer:
    """A channel's own messages, newest first: replies only where they were broadcast."""
    channel = _readable(call)
    shown = [entry for entry in call.workspace.messages.of(channel) if entry.in_channel]
    within = [entry for entry in reversed(shown) if _is_within(entry, call.args)]
    return _page(call, within, default=100)


@method("conversations.replies", *_SCOPES, per_minute=TIER_3)
def replies(call: Call) -> Answer:
    """A thread: its head, always, then its replies, oldest first."""
    channel = _readable(call)
    asked = call.workspace.messages.at(channel, call.args.required("ts"), missing="thread_not_found")
    thread = call.workspace.messages.thread(channel, asked.message.get("thread_ts", asked.ts))
    within = [entry for entry in thread if not entry.is_reply or _is_within(entry, call.args)]
    return _page(call, within, default=1000)


def _readable(call: Call) -> str:
    channel = call.workspace.channels.by_id(call.args.required("channel"))
    if not channel["is_member"]:
        raise RefusedError("not_in_channel")
    return str(channel["id"])


def _is_within(entry: Entry, args: Arguments) -> bool:
    """Slack leaves both ends out unless `inclusive` is set."""
    at, oldest, latest = micros(entry.ts), args.text("oldest"), args.text("latest")
    slack = 1 if args.flag("inclusive") else 0
    after = not oldest or at > micros(oldest) - slack
    before = not latest or at < micros(latest) + slack
    return after and before


def _page(call: Call, entries: list[Entry], default: int) -> Answer:
    rows, cursor = page(call, entries, default=default, most=999)
    whole = call.args.flag("include_all_metadata")
    answer = {"messages": [dict(_shown(entry, whole)) for entry in rows], "has_more": bool(cursor)}
    return {**answer, "response_metadata": {"next_cursor": cursor}} if cursor else answer


def _shown(entry: Entry, whole: bool) -> Iterator[tuple[str, Any]]:
    """A message as read back: without `include_all_metadata` only the type of the metadata is told."""
    for name, value in entry.message.items():
        if name == "metadata" and not whole:
            yield name, {"event_type": value["event_type"]}
        else:
            yield name, value

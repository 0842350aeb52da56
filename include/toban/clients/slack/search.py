"""Looks in Slack for what may have been said: by the key in a message's metadata, or by a file's name."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from toban.clients.slack.transport import Transport

EVENT_TYPE = "toban"
PAGE = 200  # Slack recommends no more
MARGIN = timedelta(minutes=2)  # the clocks of Slack and of this machine may differ


def message_ts(
    transport: Transport, channel: str, key: str, *, oldest: datetime, thread_ts: str | None
) -> str | None:
    """The ``ts`` of the message whose metadata carries the key, or None. Raises as `Transport.call`."""

    def carries_key(message: dict[str, Any]) -> bool:
        metadata = message.get("metadata") or {}
        payload = metadata.get("event_payload") or {}
        return metadata.get("event_type") == EVENT_TYPE and payload.get("key") == key

    return _first(_messages(transport, channel, oldest, thread_ts), carries_key)


def file_ts(
    transport: Transport, channel: str, name: str, *, oldest: datetime, thread_ts: str | None
) -> str | None:
    """The ``ts`` of the message that shows a file of that name, or None. Raises as `Transport.call`."""

    def shows_file(message: dict[str, Any]) -> bool:
        return any(file.get("name") == name for file in message.get("files") or [])

    return _first(_messages(transport, channel, oldest, thread_ts), shows_file)


def _first(messages: Iterator[dict[str, Any]], wanted: Callable[[dict[str, Any]], bool]) -> str | None:
    return next((str(message["ts"]) for message in messages if wanted(message)), None)


def _messages(
    transport: Transport, channel: str, oldest: datetime, thread_ts: str | None
) -> Iterator[dict[str, Any]]:
    # The history of a channel leaves out the replies in its threads.
    method = "conversations.replies" if thread_ts else "conversations.history"
    cursor: str | None = None
    while True:
        answer = transport.call(
            method,
            about=channel,
            channel=channel,
            ts=thread_ts,
            oldest=f"{(oldest - MARGIN).timestamp():.6f}",
            include_all_metadata=True,
            limit=PAGE,
            cursor=cursor,
        )
        yield from answer.get("messages", [])
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            return

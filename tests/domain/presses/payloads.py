"""Slack's payloads as tests need them."""

from typing import Any

from toban.domain.presses.values import About

URL = "https://hooks.slack.com/actions/T0/1/x"
USER = {"id": "U0AIKO", "username": "aiko", "team_id": "T0HOME"}


def envelope(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "user": USER, "team": {"id": "T0HOME"}, "trigger_id": "1.2.abc", **more}


def pressed(action_id: str, value: str | None = None, **more: Any) -> dict[str, Any]:
    """A button, of incident Q1 in round 0 unless a value says otherwise."""
    element = {"type": "button", "action_id": action_id, "action_ts": "1764000000.123456"}
    element["value"] = About("Q1", 0).packed() if value is None else value
    return envelope("block_actions", actions=[element], response_url=URL, **more)


def chosen(value: str, stamp: str = "1764000000.123456") -> dict[str, Any]:
    """A choice of the snooze menu."""
    element = {"type": "static_select", "action_id": "toban_snooze", "action_ts": stamp}
    element |= {"selected_option": {"value": value, "text": {"type": "plain_text", "text": "x"}}}
    return envelope("block_actions", actions=[element], response_url=URL)


def submitted(text: Any, metadata: str, view_id: str = "V1") -> dict[str, Any]:
    """The note's dialog, sent."""
    values = {"note": {"note": {"type": "plain_text_input", "value": text}}}
    view = {"id": view_id, "callback_id": "toban_note", "private_metadata": metadata}
    return envelope("view_submission", view=view | {"state": {"values": values}})


def shortcut(text: str, callback_id: str = "toban_note_from_message", **message: Any) -> dict[str, Any]:
    """The message shortcut, chosen on a reply in a thread."""
    said = {"ts": "1764000009.000100", "thread_ts": "1764000000.000100", "text": text, **message}
    return envelope(
        "message_action", callback_id=callback_id, channel={"id": "C0ONCALL"}, message=said, response_url=URL
    )

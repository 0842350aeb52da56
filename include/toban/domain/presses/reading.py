"""Slack's payloads as presses. Whatever is not certainly one of Toban's buttons is None.

Slack has signed them, yet a text in them is anybody's, and an old message may hold a form of years ago.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from toban.domain.presses import months
from toban.domain.presses.note import METADATA_URL, TEXT_FIELD
from toban.domain.presses.nouns import NOTE_SHORTCUT, Action, Blank, Choice, Dialog, Press
from toban.domain.presses.payload import (
    CHANNEL,
    STAMP,
    TRIGGER,
    WEB,
    as_note,
    made,
    matching,
    piece_of,
    presser_of,
    short_hash,
    text_of,
)
from toban.domain.presses.plain import readable
from toban.domain.presses.values import About, json_object, unpacked

BY_ID = {action.action_id: action for action in Action}

Heard = Press | Dialog | months.MonthDialog | Blank | None


def parse(payload: Mapping[str, Any], now: datetime) -> Heard:
    """What a person asked for, received at ``now``; None for what is not Toban's or cannot be understood."""
    read: dict[str, Callable[[Mapping[str, Any], datetime], Heard]] = {
        "block_actions": _pressed,
        "view_submission": _submitted,
        "message_action": _shortcut,
    }
    reader = read.get(text_of(payload, "type"))
    return reader(payload, now) if reader and presser_of(payload) else None


def _pressed(payload: Mapping[str, Any], now: datetime) -> Heard:
    pressed = payload.get("actions")
    if not isinstance(pressed, list) or len(pressed) != 1 or not isinstance(pressed[0], dict):
        return None
    element = pressed[0]
    action = BY_ID.get(text_of(element, "action_id"))
    if action and action.is_month:
        return months.pressed(payload, element, action, now)
    chosen = piece_of(element, "selected_option")
    about = unpacked(chosen.get("value") if action is Action.SNOOZE else element.get("value"))
    if action is None or about is None:
        return None
    if action is Action.NOTE:
        return _dialog(payload, about)
    detail = _detail(payload, element, action, about)
    return None if detail is None else _press(payload, now, action, about, detail, _of(about))


def _detail(
    payload: Mapping[str, Any], element: Mapping[str, Any], action: Action, about: About
) -> str | None:
    """What tells one press from another of the same button; None for a choice that does not exist.

    An opinion is one for each person. Who asks for a draft is answered each time. A menu may be used again
    within a round. Slack's stamp tells when.
    """
    if action.is_feedback:
        return presser_of(payload)
    if action is Action.DRAFT:
        return matching(element, "action_ts", STAMP) or None
    if action is not Action.SNOOZE:
        return ""
    stamp = matching(element, "action_ts", STAMP)
    return f"{about.choice}:{stamp}" if about.choice in set(Choice) and stamp else None


def _of(about: About) -> dict[str, str | int]:
    return {"round": about.round} | ({"choice": about.choice} if about.choice else {})


def _dialog(payload: Mapping[str, Any], about: About) -> Dialog | None:
    trigger = matching(payload, "trigger_id", TRIGGER)
    if not trigger:
        return None
    url = matching(payload, "response_url", WEB) or None
    return Dialog(trigger, about.incident_id, about.round, about.language or "en", url)


def _submitted(payload: Mapping[str, Any], now: datetime) -> Heard:
    view = piece_of(payload, "view")
    if text_of(view, "callback_id") == Action.MONTH_WRONG.action_id:
        return months.submitted(payload, view, now)
    about = unpacked(view.get("private_metadata"))
    if text_of(view, "callback_id") != Action.NOTE.action_id or about is None:
        return None
    written = piece_of(piece_of(piece_of(piece_of(view, "state"), "values"), TEXT_FIELD), TEXT_FIELD)
    text = as_note(text_of(written, "value"))
    if not text:
        return Blank(about.language or "en")
    url = json_object(view.get("private_metadata")).get(METADATA_URL)
    found = {**payload, "response_url": url}
    return _press(
        found, now, Action.NOTE, about, short_hash(text_of(view, "id")), _of(about) | {"text": text}
    )


def _shortcut(payload: Mapping[str, Any], now: datetime) -> Heard:
    """The incident is that of the thread, which the ledger knows."""
    message, channel = piece_of(payload, "message"), matching(piece_of(payload, "channel"), "id", CHANNEL)
    stamp = matching(message, "ts", STAMP)
    text = as_note(readable(text_of(message, "text")))
    if text_of(payload, "callback_id") != NOTE_SHORTCUT or not (channel and stamp):
        return None
    thread = matching(message, "thread_ts", STAMP) or stamp
    value = {"channel": channel, "thread_ts": thread, "text": text}
    return _press(payload, now, Action.NOTE, About("", 0), f"{channel}:{stamp}", value)


def _press(
    payload: Mapping[str, Any],
    now: datetime,
    action: Action,
    about: About,
    detail: str,
    value: Mapping[str, str | int],
) -> Press:
    round_number = str(about.round) if about.incident_id else ""
    parts = (action.value, about.incident_id, round_number, detail)
    key = ":".join(each for each in parts if each)
    return made(payload, now, action, key, value, incident_id=about.incident_id)

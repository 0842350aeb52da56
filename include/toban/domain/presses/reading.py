"""Slack's payloads as presses. Whatever is not certainly one of Toban's buttons is None.

Slack has signed them, yet a text in them is anybody's, and an old message may hold a form of years ago.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from toban.domain.mrkdwn import ELLIPSIS
from toban.domain.presses.note import METADATA_URL, TEXT_FIELD
from toban.domain.presses.nouns import (
    NOTE_CHARACTERS,
    NOTE_SHORTCUT,
    Action,
    Blank,
    Choice,
    Dialog,
    Press,
)
from toban.domain.presses.plain import readable
from toban.domain.presses.values import About, json_object, unpacked

USER = re.compile(r"[UW][A-Z0-9]{2,20}")
TEAM = re.compile(r"[TE][A-Z0-9]{2,20}")
CHANNEL = re.compile(r"[CGD][A-Z0-9]{2,20}")
STAMP = re.compile(r"[0-9]{1,12}\.[0-9]{1,9}")
WEB = re.compile(r"https?://[!-~]{1,1000}")
TRIGGER = re.compile(r"[!-~]{1,200}")
BY_ID = {action.action_id: action for action in Action}

Heard = Press | Dialog | Blank | None


def parse(payload: Mapping[str, Any], now: datetime) -> Heard:
    """What a person asked for, received at ``now``; None for what is not Toban's or cannot be understood."""
    read: dict[str, Callable[[Mapping[str, Any], datetime], Heard]] = {
        "block_actions": _pressed,
        "view_submission": _submitted,
        "message_action": _shortcut,
    }
    reader = read.get(_text(payload, "type"))
    return reader(payload, now) if reader and _who(payload) else None


def _pressed(payload: Mapping[str, Any], now: datetime) -> Heard:
    pressed = payload.get("actions")
    if not isinstance(pressed, list) or len(pressed) != 1 or not isinstance(pressed[0], dict):
        return None
    element = pressed[0]
    action = BY_ID.get(_text(element, "action_id"))
    chosen = _part(element, "selected_option")
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

    An opinion is one for each person. A menu may be used again within a round: Slack's stamp tells when.
    """
    if action.is_feedback:
        return _who(payload)
    if action is not Action.SNOOZE:
        return ""
    stamp = _matching(element, "action_ts", STAMP)
    return f"{about.choice}:{stamp}" if about.choice in set(Choice) and stamp else None


def _of(about: About) -> dict[str, str | int]:
    return {"round": about.round} | ({"choice": about.choice} if about.choice else {})


def _dialog(payload: Mapping[str, Any], about: About) -> Dialog | None:
    trigger = _matching(payload, "trigger_id", TRIGGER)
    if not trigger:
        return None
    url = _matching(payload, "response_url", WEB) or None
    return Dialog(trigger, about.incident_id, about.round, about.language or "en", url)


def _submitted(payload: Mapping[str, Any], now: datetime) -> Heard:
    view = _part(payload, "view")
    about = unpacked(view.get("private_metadata"))
    if _text(view, "callback_id") != Action.NOTE.action_id or about is None:
        return None
    written = _part(_part(_part(_part(view, "state"), "values"), TEXT_FIELD), TEXT_FIELD)
    text = _note(_text(written, "value"))
    if not text:
        return Blank(about.language or "en")
    url = json_object(view.get("private_metadata")).get(METADATA_URL)
    found = {**payload, "response_url": url}
    return _press(found, now, Action.NOTE, about, _digest(_text(view, "id")), _of(about) | {"text": text})


def _shortcut(payload: Mapping[str, Any], now: datetime) -> Heard:
    """The incident is that of the thread, which the ledger knows."""
    message, channel = _part(payload, "message"), _matching(_part(payload, "channel"), "id", CHANNEL)
    stamp = _matching(message, "ts", STAMP)
    text = _note(readable(_text(message, "text")))
    if _text(payload, "callback_id") != NOTE_SHORTCUT or not (channel and stamp):
        return None
    thread = _matching(message, "thread_ts", STAMP) or stamp
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
    return Press(
        key=":".join(part for part in parts if part),
        incident_id=about.incident_id,
        action=action,
        slack_user=_who(payload),
        slack_team=_matching(_part(payload, "user"), "team_id", TEAM) or None,
        response_url=_matching(payload, "response_url", WEB) or None,
        received_at=now,
        value=value,
    )


def _who(payload: Mapping[str, Any]) -> str:
    return _matching(_part(payload, "user"), "id", USER)


def _note(text: str) -> str:
    """Without what a database refuses, and no longer than a note may be."""
    clean = text.replace("\x00", "").encode("utf-8", "replace").decode().strip()
    return clean if len(clean) <= NOTE_CHARACTERS else clean[: NOTE_CHARACTERS - 1] + ELLIPSIS


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _part(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = values.get(name)
    return found if isinstance(found, dict) else {}


def _text(values: Mapping[str, Any], name: str) -> str:
    found = values.get(name)
    return found if isinstance(found, str) else ""


def _matching(values: Mapping[str, Any], name: str, form: re.Pattern[str]) -> str:
    """A text of that form; empty for anything else."""
    found = _text(values, name)
    return found if form.fullmatch(found) else ""

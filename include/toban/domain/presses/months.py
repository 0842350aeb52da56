"""What people press in the messages about a labour month: it is right, it is wrong, it is approved."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from toban.domain.controls import button, confirmation, dialog, text_field
from toban.domain.language import Language
from toban.domain.message import Block
from toban.domain.presses.nouns import NOTE_CHARACTERS, Action, Blank, Press
from toban.domain.presses.payload import (
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
from toban.domain.presses.values import json_object

FORMS = {
    "team": re.compile(r"[a-z0-9_-]{1,60}"),
    "month": re.compile(r"[0-9]{4}-[0-9]{2}"),
    "person": re.compile(r"[A-Za-z0-9_-]{0,40}"),
    "figures": re.compile(r"[0-9a-f]{16}"),
    "language": re.compile(r"[a-z]{2}"),
}
FIELD, URL = "wrong", "url"


@dataclass(frozen=True)
class MonthAbout:
    """Which team's month; ``person`` (PagerDuty's id) is empty for the whole team's.

    ``figures`` is the fingerprint of what the message shows.
    """

    team: str
    month: str
    person: str
    figures: str
    language: str

    def packed(self) -> str:
        """JSON of about 150 characters."""
        return json.dumps(asdict(self), separators=(",", ":"))


@dataclass(frozen=True)
class MonthDialog:
    """Somebody wants to say what is wrong; the dialog must be opened within three seconds."""

    trigger_id: str
    about: MonthAbout
    response_url: str | None


def unpacked(packed: object) -> MonthAbout | None:
    """What `MonthAbout.packed` wrote; None for anything else."""
    found = json_object(packed)
    values = {field.name: matching(found, field.name, FORMS[field.name]) for field in fields(MonthAbout)}
    complete = all(value for name, value in values.items() if name != "person")
    return MonthAbout(**values) if complete else None


def answer_buttons(about: MonthAbout, say: Language) -> list[Block]:
    """Under a person's month."""
    return [
        button(say.text("This is right"), Action.MONTH_RIGHT.action_id, about.packed(), style="primary"),
        button(say.text("Something is wrong"), Action.MONTH_WRONG.action_id, about.packed()),
    ]


def approval_button(about: MonthAbout, say: Language) -> Block:
    """Under a team's month."""
    asked = confirmation(
        say.text("Close {month}?", month=about.month),
        say.text("The month stays as it is from then on; later changes are shown as differences."),
        say.text("Approve"),
        say.text("Cancel"),
    )
    return button(
        say.text("Approve and close"),
        Action.MONTH_APPROVE.action_id,
        about.packed(),
        style="primary",
        confirm=asked,
    )


def dispute_view(asked: MonthDialog, say: Language) -> Block:
    """The dialog in which a person says what is wrong."""
    metadata = asdict(asked.about) | ({URL: asked.response_url} if asked.response_url else {})
    return dialog(
        Action.MONTH_WRONG.action_id,
        title=say.text("What is wrong?"),
        submit=say.text("Send"),
        close=say.text("Cancel"),
        blocks=[
            text_field(FIELD, FIELD, say.text("Which call-out, and when it really was"), NOTE_CHARACTERS)
        ],
        metadata=json.dumps(metadata, separators=(",", ":")),
    )


def pressed(
    payload: Mapping[str, Any], element: Mapping[str, Any], action: Action, now: datetime
) -> Press | MonthDialog | None:
    """A button of such a message; None where it holds something else."""
    about = unpacked(element.get("value"))
    if about is None:
        return None
    if action is not Action.MONTH_WRONG:
        return _press(payload, action, about, now, {}, matching(element, "action_ts", STAMP))
    trigger = matching(payload, "trigger_id", TRIGGER)
    url = matching(payload, "response_url", WEB) or None
    return MonthDialog(trigger, about, url) if trigger else None


def submitted(payload: Mapping[str, Any], view: Mapping[str, Any], now: datetime) -> Press | Blank | None:
    """The dialog, sent."""
    metadata = view.get("private_metadata")
    about = unpacked(metadata)
    if about is None:
        return None
    state = piece_of(piece_of(piece_of(piece_of(view, "state"), "values"), FIELD), FIELD)
    said = as_note(text_of(state, "value"))
    if not said:
        return Blank(about.language, FIELD)
    found = {**payload, "response_url": json_object(metadata).get(URL)}
    return _press(found, Action.MONTH_WRONG, about, now, {"text": said}, short_hash(text_of(view, "id")))


def _press(
    payload: Mapping[str, Any],
    action: Action,
    about: MonthAbout,
    now: datetime,
    more: Mapping[str, str],
    detail: str,
) -> Press:
    """Each press is one of its own: a person may change their mind. ``detail`` tells them apart."""
    parts = (about.team, about.month, about.person, about.figures, presser_of(payload), detail)
    key = ":".join((action.value, *(part for part in parts if part)))
    return made(payload, now, action, key, {**asdict(about), **more})

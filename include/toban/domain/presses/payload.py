"""Pieces of Slack's payloads, each of which may be anything."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from toban.domain.mrkdwn import ELLIPSIS
from toban.domain.presses.nouns import NOTE_CHARACTERS, Action, Press

USER = re.compile(r"[UW][A-Z0-9]{2,20}")
TEAM = re.compile(r"[TE][A-Z0-9]{2,20}")
CHANNEL = re.compile(r"[CGD][A-Z0-9]{2,20}")
STAMP = re.compile(r"[0-9]{1,12}\.[0-9]{1,9}")
WEB = re.compile(r"https?://[!-~]{1,1000}")
TRIGGER = re.compile(r"[!-~]{1,200}")


def made(
    payload: Mapping[str, Any],
    now: datetime,
    action: Action,
    key: str,
    value: Mapping[str, str | int],
    incident_id: str = "",
) -> Press:
    """The press that the payload tells of; whatever of it is not in its form is left out."""
    return Press(
        key=key,
        incident_id=incident_id,
        action=action,
        slack_user=presser_of(payload),
        slack_team=matching(piece_of(payload, "user"), "team_id", TEAM) or None,
        response_url=matching(payload, "response_url", WEB) or None,
        received_at=now,
        value=value,
    )


def presser_of(payload: Mapping[str, Any]) -> str:
    """Slack's id of the person; empty where it is none."""
    return matching(piece_of(payload, "user"), "id", USER)


def as_note(text: str) -> str:
    """Without what a database refuses, and no longer than a note may be."""
    clean = text.replace("\x00", "").encode("utf-8", "replace").decode().strip()
    return clean if len(clean) <= NOTE_CHARACTERS else clean[: NOTE_CHARACTERS - 1] + ELLIPSIS


def short_hash(text: str) -> str:
    """Tells texts apart."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def piece_of(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object inside; empty for anything else."""
    found = values.get(name)
    return found if isinstance(found, dict) else {}


def text_of(values: Mapping[str, Any], name: str) -> str:
    """A text inside; empty for anything else."""
    found = values.get(name)
    return found if isinstance(found, str) else ""


def matching(values: Mapping[str, Any], name: str, form: re.Pattern[str]) -> str:
    """A text of that form; empty for anything else."""
    found = text_of(values, name)
    return found if form.fullmatch(found) else ""

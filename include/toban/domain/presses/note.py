"""The dialog in which a note is written."""

import json

from toban.domain.controls import dialog, text_field
from toban.domain.language import Language
from toban.domain.message import Block
from toban.domain.presses.nouns import NOTE_CHARACTERS, Action, Blank, Dialog
from toban.domain.presses.values import About

TEXT_FIELD = "note"
METADATA_URL = "u"


def note_view(asked: Dialog, say: Language) -> Block:
    """Slack's view; its metadata carries the incident and where to answer that person."""
    packed = json.loads(About(asked.incident_id, asked.round, language=say.code).packed())
    if asked.response_url:
        packed[METADATA_URL] = asked.response_url
    return dialog(
        Action.NOTE.action_id,
        title=say.text("Note for PagerDuty"),
        submit=say.text("Add note"),
        close=say.text("Cancel"),
        blocks=[text_field(TEXT_FIELD, TEXT_FIELD, say.text("Note"), NOTE_CHARACTERS)],
        metadata=json.dumps(packed, separators=(",", ":")),
    )


def blank_answer(blank: Blank, say: Language) -> Block:
    """What Slack shows beside the field where nothing was written."""
    return {"response_action": "errors", "errors": {blank.field: say.text("Write what shall be noted.")}}

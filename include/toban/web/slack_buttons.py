"""POST /slack: buttons, menus, dialogs and shortcuts of Slack messages, written down for the next pass.

| answer | when |
|---|---|
| 200 | the press is in the ledger (or was), or is none of Toban's; a dialog is open |
| 400 | no payload in it |
| 401 | not signed with the secret, or more than five minutes ago |
| 413 | more than a megabyte |
| 503 | no secret is known, or the ledger or Slack did not answer: Slack tells the person so |

Nothing is decided here and nothing is written to PagerDuty. `hear` is the same for Socket Mode.
"""

import hmac
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import parse_qs

import orjson
from fastapi import APIRouter, Depends, HTTPException, Request, Response
from starlette.background import BackgroundTask

from toban.clients.ledger import Ledger
from toban.clients.slack import Slack
from toban.domain.language import Language
from toban.domain.presses.months import MonthDialog, dispute_view
from toban.domain.presses.note import blank_answer, note_view
from toban.domain.presses.nouns import Blank, Dialog, Press
from toban.domain.presses.reading import parse
from toban.errors import TobanError
from toban.locale import LANGUAGES, language
from toban.web.bodies import body_of
from toban.web.waking import Wake

log = logging.getLogger(__name__)
Clock = Callable[[], float]
LIMIT = 1024 * 1024  # bytes; a payload carries the whole message, each letter up to nine bytes
OLDEST_S = 300  # docs.slack.dev/authentication/verifying-requests-from-slack: older ones may be replayed
FIELDS = 20  # of the form; Slack sends one


@dataclass(frozen=True)
class Buttons:
    """What answers Slack; ``slack`` opens dialogs and should wait no longer than Slack does."""

    ledger: Ledger
    slack: Slack
    wake: Wake


def router(
    secret: Callable[[], str | None], made: Callable[[], Buttons], clock: Clock = time.time
) -> APIRouter:
    """The route; ``secret`` is the Slack app's signing secret; ``made`` is called at a press."""
    routes = APIRouter()

    @routes.post("/slack")
    def receive(request: Request, body: Annotated[bytes, Depends(_body)]) -> Response:
        known = secret()
        if not known:
            raise HTTPException(503)
        if not is_signed(known, request.headers, body, clock()):
            raise HTTPException(401)
        payload, buttons = _payload(body), made()
        answer, is_new = hear(payload, buttons, datetime.fromtimestamp(clock(), UTC))
        content = orjson.dumps(answer) if answer else b""
        background = BackgroundTask(wake_quietly, buttons.wake) if is_new else None
        return Response(content, media_type="application/json" if answer else None, background=background)

    return routes


def hear(payload: Mapping[str, Any], buttons: Buttons, now: datetime) -> tuple[dict[str, Any] | None, bool]:
    """What Slack is to be answered (None: nothing but yes), and whether there is something new to carry out.

    Raises LedgerError, SlackUnavailable and SlackRefused; then nothing was written down.
    """
    match parse(payload, now):
        case Press() as press:
            return None, buttons.ledger.presses.record(press)
        case Dialog() as asked:
            buttons.slack.open_view(asked.trigger_id, note_view(asked, _words(asked.language)))
        case MonthDialog() as asked_of_month:
            words = _words(asked_of_month.about.language)
            buttons.slack.open_view(asked_of_month.trigger_id, dispute_view(asked_of_month, words))
        case Blank() as blank:
            return blank_answer(blank, _words(blank.language)), False
    return None, False


def wake_quietly(wake: Wake) -> None:
    """Have a pass begin; where that fails, the minute's pass comes all the same."""
    try:
        if not wake():
            log.warning("no run could be queued for a press; the next pass carries it out")
    except TobanError as error:
        log.warning("a press waits for the next pass: %s", error)


def is_signed(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Whether Slack signed these bytes within the last five minutes, by its v0 scheme."""
    stamp = headers.get("x-slack-request-timestamp", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12) or abs(now - int(stamp)) > OLDEST_S:
        return False
    wanted = signature(secret, stamp, body).encode()
    return hmac.compare_digest(wanted, headers.get("x-slack-signature", "").encode())


def signature(secret: str, stamp: str, body: bytes) -> str:
    """What Slack writes for that secret, moment and body."""
    return "v0=" + hmac.digest(secret.encode(), b"v0:" + stamp.encode() + b":" + body, "sha256").hex()


async def _body(request: Request) -> bytes:
    return await body_of(request, LIMIT)


def _payload(body: bytes) -> dict[str, Any]:
    """The form's one payload; raises HTTPException 400."""
    try:
        (text,) = parse_qs(body.decode(), max_num_fields=FIELDS).get("payload", [])
        found = orjson.loads(text)
    except ValueError:
        raise HTTPException(400) from None
    if not isinstance(found, dict):
        raise HTTPException(400)
    return found


def _words(code: str) -> Language:
    return language(code if code in LANGUAGES else "en")

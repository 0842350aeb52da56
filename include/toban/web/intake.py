"""POST /intake/<id>: a monitoring tool's alerts, kept until PagerDuty has them.

| answer | when |
|---|---|
| 202 | the events are in the outbox; or the body says nothing about a problem (a test, an acknowledgement) |
| 400 | no JSON, or no alert of that tool: one sentence says what is wrong |
| 401 | the token is missing or wrong |
| 404 | no intake has that id |
| 413 | more than a megabyte |
| 503 | no token is known, or the outbox cannot be written: the tool sends it again |

The token comes as ``Authorization: Bearer``, as ``X-Toban-Token``, as the password of ``Authorization:
Basic`` (``https://toban:<token>@host/…`` for tools that know addresses only) or, last, as ``?token=``.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Protocol

import orjson
from fastapi import APIRouter, BackgroundTasks, Depends, HTTPException, Request, Response

from toban.domain.intake import TOOLS, Keys, Paths, address_to_confirm, events_v2, normalise
from toban.errors import BodyRefused
from toban.web.bodies import body_of

Clock = Callable[[], datetime]
LIMIT = 1024 * 1024  # bytes: a group of a thousand alerts of Alertmanager has about 700,000
CHALLENGE = {"WWW-Authenticate": 'Basic realm="toban"'}  # SNS sends its password only when asked for it


@dataclass(frozen=True)
class Intake:
    """One address: which tool sends there, and for a tool of its own form where it holds what."""

    id: str
    tool: str
    paths: Paths | None = None


class Desk(Protocol):
    """Where what arrives is kept; each method may raise TobanError, which the app answers with 503."""

    def keys(self, intake: str) -> Keys:
        """The intake's secrets."""

    def keep(self, intake: str, events: Sequence[Mapping[str, Any]], *, now: datetime) -> None:
        """Keep events for PagerDuty; once it returns, they outlive this process."""

    def confirm(self, intake: str, address: str, *, now: datetime) -> None:
        """Tell people that SNS waits until somebody opens that address."""

    def send(self) -> None:
        """Send on what is kept, after the answer."""


def router(intakes: Iterable[Intake], desk: Desk, now: Clock = lambda: datetime.now(UTC)) -> APIRouter:
    """The route for these intakes."""
    routes = APIRouter()
    known = {intake.id: intake for intake in intakes}

    def admitted(intake_id: str, request: Request) -> Intake:
        if intake_id not in known:
            raise HTTPException(404)
        token = desk.keys(intake_id).token
        if not token:
            raise HTTPException(503)  # a 401 would make the tool drop the alert
        if not _is_any(token, _tokens(request)):
            raise HTTPException(401, headers=CHALLENGE)
        return known[intake_id]

    async def read(request: Request, intake: Annotated[Intake, Depends(admitted)]) -> tuple[Intake, bytes]:
        return intake, await body_of(request, LIMIT)

    @routes.post("/intake/{intake_id}")
    def receive(sent: Annotated[tuple[Intake, bytes], Depends(read)], later: BackgroundTasks) -> Response:
        intake, raw = sent
        try:
            body = _decoded(raw)
            address = address_to_confirm(body) if intake.tool == "cloudwatch" else None
            events = normalise(intake.tool, body, intake.paths)
        except BodyRefused as error:
            return _said(400, {"error": str(error)})
        if address:
            desk.confirm(intake.id, address, now=now())
        if events:
            client = TOOLS.get(intake.tool, intake.id)
            desk.keep(intake.id, [events_v2(event, client) for event in events], now=now())
            later.add_task(desk.send)
        return _said(202, {"events": len(events)})

    return routes


def _decoded(raw: bytes) -> object:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise BodyRefused("The body is no JSON; set the tool's webhook to send JSON.") from None


def _said(status: int, answer: dict[str, Any]) -> Response:
    return Response(orjson.dumps(answer), status, media_type="application/json")


def _tokens(request: Request) -> Iterator[bytes]:
    """What the request gives as its token, in each of the four ways."""
    scheme, _, given = _header(request, "authorization").partition(b" ")
    if scheme.lower() == b"bearer":
        yield given.strip()
    if scheme.lower() == b"basic":
        yield _password(given)
    yield _header(request, "x-toban-token")
    yield request.query_params.get("token", "").encode(errors="surrogatepass")


def _header(request: Request, name: str) -> bytes:
    """As it came: the framework takes its bytes for Latin-1, whatever they are."""
    return request.headers.get(name, "").encode("latin-1")


def _password(encoded: bytes) -> bytes:
    try:
        return base64.b64decode(encoded.strip(), validate=True).partition(b":")[2]
    except binascii.Error:
        return b""


def _is_any(token: str, given: Iterable[bytes]) -> bool:
    """Compared as digests: in constant time, whatever their lengths."""
    right = hashlib.sha256(token.encode()).digest()
    return any(hmac.compare_digest(right, hashlib.sha256(each).digest()) for each in given)

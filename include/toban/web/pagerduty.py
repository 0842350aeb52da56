"""POST /pagerduty: a webhook v3 wakes the alert DAG, and carries nothing else: the pass asks what is so now.

| answer | when |
|---|---|
| 202 | a run is queued; or the event concerns no incident (a ping) |
| 400 | no event, or one so old that PagerDuty no longer sends it |
| 401 | not signed with any of the secrets |
| 413 | more than half a megabyte |
| 503 | no secret is known, or no run could be queued: PagerDuty sends it again |

The same webhook twice asks twice for a run, of which one is queued at most: nothing to remember.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from fastapi import APIRouter, HTTPException, Request, Response

from toban.web.bodies import body_of
from toban.web.keeping import kept
from toban.web.signatures import is_signed
from toban.web.waking import Wake, gathered

Secrets = Callable[[], Sequence[str]]
Clock = Callable[[], datetime]
LIMIT = 512 * 1024  # bytes; PagerDuty drops what is larger than half of it
# PagerDuty tries for 48 hours, and the clocks may differ; an older one is a copy that somebody kept.
OLDEST = timedelta(hours=50)
OF_INCIDENTS = "incident."


def router(secrets: Secrets, wake: Wake, now: Clock = lambda: datetime.now(UTC)) -> APIRouter:
    """The route; ``secrets`` are all those in force (two while one replaces another)."""
    routes = APIRouter()
    wake_together, known = gathered(wake), kept(secrets)

    @routes.post("/pagerduty")
    async def receive(request: Request) -> Response:
        body = await body_of(request, LIMIT)
        in_force = await known()
        if not in_force:
            raise HTTPException(503)  # a 404 would make PagerDuty drop it, and after three all of them
        if not is_signed(body, ",".join(request.headers.getlist("x-pagerduty-signature")), in_force):
            raise HTTPException(401)
        kind, occurred_at = _event(body)
        if occurred_at < now() - OLDEST:
            raise HTTPException(400)
        if kind.startswith(OF_INCIDENTS) and not await wake_together():
            raise HTTPException(503)
        return Response(status_code=202)

    return routes


def _event(body: bytes) -> tuple[str, datetime]:
    """The event's type and moment; raises HTTPException 400 for anything else."""
    try:
        event = orjson.loads(body)["event"]
        return _text(event["event_type"]), _moment(event["occurred_at"])
    except (ValueError, TypeError, KeyError, IndexError):
        raise HTTPException(400) from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _moment(value: Any) -> datetime:
    """Aware, in UTC; a moment at the calendar's edge is none (OverflowError is no ValueError)."""
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None or not 2000 <= moment.year <= 9000:
        raise ValueError
    return moment.astimezone(UTC)

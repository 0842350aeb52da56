"""For tests: what was called, faults to order, incidents to trigger, time to let pass."""

from dataclasses import asdict

from fastapi import APIRouter, Request, Response

from toban.sandbox.pagerduty.engine import tick
from toban.sandbox.pagerduty.http.answering import answer
from toban.sandbox.pagerduty.http.asking import body_of, world_of
from toban.sandbox.pagerduty.http.faults import Fault, Faults
from toban.sandbox.pagerduty.life.alerting import believable_incident
from toban.sandbox.pagerduty.life.storming import Storm, Storms
from toban.sandbox.pagerduty.refusals import invalid, not_found

router = APIRouter(prefix="/_sandbox")


@router.get("/calls")
async def show_calls(request: Request) -> Response:
    """{"GET /incidents/{key}": 3, …}; calls that were refused count too."""
    return answer(dict(request.app.state.calls))


@router.delete("/calls")
async def forget_calls(request: Request) -> Response:
    request.app.state.calls.clear()
    return answer({})


@router.get("/faults")
async def list_faults(request: Request) -> Response:
    return answer([asdict(fault) for fault in _faults(request).waiting])


@router.post("/faults")
async def order_fault(request: Request) -> Response:
    """{"kind": "429"|"429-bare"|"500"|"cut"|"drop"|"slow"|"timeout", "times", "path", "seconds"}."""
    body = await body_of(request)
    try:
        fault = Fault(**body)
    except (TypeError, ValueError) as error:
        raise invalid(str(error)) from None
    _faults(request).waiting.append(fault)
    return answer(asdict(fault), 201)


@router.delete("/faults")
async def clear_faults(request: Request) -> Response:
    _faults(request).waiting.clear()
    return answer([])


@router.post("/latency")
async def set_latency(request: Request) -> Response:
    """{"ms": 100}: every call of the API takes so much longer."""
    body = await body_of(request)
    _faults(request).latency_s = float(body.get("ms", 0)) / 1000
    return answer({"ms": _faults(request).latency_s * 1000})


@router.post("/incidents")
async def trigger_incident(request: Request) -> Response:
    """{"service": id or name, "summary"?, "severity"?}: an alert as that service's monitoring sends it."""
    world, body = world_of(request), await body_of(request)
    with world.changing():
        incident = believable_incident(world, body.get("service"), body.get("summary"), body.get("severity"))
    return answer({"incident": incident}, 201)


@router.post("/storm")
async def begin_storm(request: Request) -> Response:
    """{"count", "seconds", "service": id or name, "titles": […]}, the last two optional; 202 at once."""
    storms, body = _storms(request), await body_of(request)
    try:
        storm = Storm(**body)
    except TypeError:
        raise invalid("A storm takes count, seconds, service and titles.") from None
    storms.begin(storm)
    return answer(storm.told(), 202)


@router.get("/storm")
async def show_storm(request: Request) -> Response:
    """{"count", "created", "incident_ids"} of the last storm."""
    storm = _storms(request).last
    if not storm:
        raise not_found()
    return answer(storm.told())


@router.get("/webhooks/latencies")
async def list_latencies(request: Request) -> Response:
    """Every attempt, oldest first: [{"webhook_id", "incident_id", "queued_at", "sent_at", "answered_at",
    "status", "seconds"}]; moments in seconds since 1970, `seconds` from sending to the answer, status null
    where none came. A ping's incident_id is its own id."""
    return answer(list(request.app.state.courier.latencies))


@router.delete("/webhooks/latencies")
async def forget_latencies(request: Request) -> Response:
    request.app.state.courier.latencies.clear()
    return answer([])


@router.get("/webhooks/waiting")
async def count_waiting(request: Request) -> Response:
    """{"waiting": 3}: webhooks that nobody has taken yet, those on their way too."""
    return answer({"waiting": len(request.app.state.courier.waiting)})


@router.post("/tick")
async def let_time_pass(request: Request) -> Response:
    """Carries out what is due now, without waiting for the engine."""
    return answer({"carried_out": tick(world_of(request))})


def _storms(request: Request) -> Storms:
    storms = request.app.state.storms
    if not isinstance(storms, Storms):
        raise TypeError("The app was made without storms: use create_app.")
    return storms


def _faults(request: Request) -> Faults:
    faults = request.app.state.faults
    if not isinstance(faults, Faults):
        raise TypeError("The app was made without faults: use create_app.")
    return faults

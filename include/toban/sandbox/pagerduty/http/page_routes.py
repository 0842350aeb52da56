"""A page for people: open incidents with buttons, a form to trigger one, and who is on call."""

from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader

from toban.sandbox.pagerduty.http.asking import world_of
from toban.sandbox.pagerduty.http.incident_routes import find_incident
from toban.sandbox.pagerduty.life.actors import Actor, by_user
from toban.sandbox.pagerduty.life.alerting import believable_incident
from toban.sandbox.pagerduty.life.assigning import escalate_to
from toban.sandbox.pagerduty.life.statuses import acknowledge, resolve
from toban.sandbox.pagerduty.refusals import RefusedError, cannot_escalate, not_found
from toban.sandbox.pagerduty.schedules.oncalls import on_calls
from toban.sandbox.pagerduty.schedules.rendering import user_reference
from toban.sandbox.pagerduty.standing import next_level
from toban.sandbox.pagerduty.wire import Json, wire
from toban.sandbox.pagerduty.world import World

router = APIRouter()

SHOWN = 50  # open incidents on the page; more would be no overview
TEMPLATES = Environment(loader=PackageLoader("toban.sandbox.pagerduty"), autoescape=True)
ONLY_OURSELVES = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'"


@router.get("/")
async def overview(request: Request) -> Response:
    return _overview(world_of(request))


@router.get("/incident/{key}")
async def incident_page(request: Request, key: str) -> Response:
    world = world_of(request)
    incident = world.incidents.find(key)
    if not incident:
        return _overview(world, f"There is no incident {key}.", 404)
    return _page("incident.html", incident=incident, entries=world.entries.of(incident["id"])[::-1])


@router.post("/page/trigger")
async def trigger_from_page(request: Request) -> Response:
    world, form = world_of(request), await _form(request)
    with world.changing():
        believable_incident(world, form.get("service"), form.get("summary"), form.get("severity"))
    return RedirectResponse("/", 303)


@router.post("/page/incidents/{key}/{action}")
async def act_from_page(request: Request, key: str, action: str) -> Response:
    world, form = world_of(request), await _form(request)
    try:
        with world.changing():
            incident = find_incident(world, key)
            _act(world, incident, action, _acting(world, incident, form.get("as")))
    except RefusedError as refused:
        return _overview(world, f"{refused.message}. {' '.join(refused.errors)}", refused.status)
    return RedirectResponse("/", 303)


def _act(world: World, incident: Json, action: str, actor: Actor) -> None:
    if action == "acknowledge":
        acknowledge(world, incident, actor)
    elif action == "resolve":
        resolve(world, incident, actor)
    elif action == "escalate":
        following = next_level(world, incident)
        if not following:
            raise cannot_escalate("The escalation policy has no further level.")
        escalate_to(world, incident, following[0], actor)
    else:
        raise not_found()


def _acting(world: World, incident: Json, chosen: str | None) -> Actor:
    """The person chosen, else the first one assigned, else the first of the account."""
    candidates = [chosen, *(one["assignee"]["id"] for one in incident["assignments"])]
    users = [user for key in candidates if (user := world.directory.find("users", key))]
    users += list(world.directory.all("users"))[:1]
    if not users:
        raise not_found()
    return by_user(users[0], "website")


async def _form(request: Request) -> dict[str, str]:
    """Fields that hold something; read here, since forms would need one more dependency."""
    return {
        name: values[0]
        for name, values in parse_qs((await request.body()).decode("utf-8", "replace")).items()
    }


def _overview(world: World, problem: str | None = None, status: int = 200) -> Response:
    with world.lock:
        incidents = sorted(world.incidents.open(), key=lambda one: one["incident_number"], reverse=True)
        return _page(
            "overview.html",
            status,
            problem=problem,
            incidents=incidents[:SHOWN],
            open_count=len(incidents),
            users=list(world.directory.all("users")),
            services=list(world.directory.all("services")),
            on_calls=list(_on_calls(world)),
        )


def _on_calls(world: World) -> list[Json]:
    now = world.now()
    rows = []
    for one in on_calls(world.directory, now, now):
        policy = world.directory.find("escalation_policies", one.policy_id)
        user = user_reference(world.directory, one.user_id)["summary"]
        until = wire(one.end) if one.end else "always"
        rows.append(
            {"policy": policy["name"] if policy else "", "level": one.level, "user": user, "until": until}
        )
    return rows


def _page(template: str, status: int = 200, **values: Any) -> Response:
    headers = {"Content-Security-Policy": ONLY_OURSELVES, "X-Content-Type-Options": "nosniff"}
    return HTMLResponse(TEMPLATES.get_template(template).render(**values), status, headers)

"""Abilities, users, teams, services, escalation policies and priorities: read only."""

from typing import Any

from fastapi import APIRouter, Request, Response

from toban.sandbox.pagerduty.directory import Directory
from toban.sandbox.pagerduty.http.answering import answer, nothing, page
from toban.sandbox.pagerduty.http.asking import listed, paging, token_owner, world_of
from toban.sandbox.pagerduty.http.including import full, presented
from toban.sandbox.pagerduty.refusals import missing_ability, not_found
from toban.sandbox.pagerduty.wire import Json
from toban.sandbox.pagerduty.world import World

router = APIRouter()

ABILITIES = (
    "teams",
    "urgencies",
    "advanced_permissions",
    "coordinated_responding",
    "event_rules",
    "priorities",
)
ACCOUNT_KEY = "The requesting user couldn't be determined because an account-level access token was used."
TARGETS = {"user_reference": "users", "schedule_reference": "schedules"}


@router.get("/abilities")
async def list_abilities() -> Response:
    return answer({"abilities": list(ABILITIES)})


@router.get("/abilities/{name}")
async def test_ability(name: str) -> Response:
    if name not in ABILITIES:
        raise missing_ability(name)
    return nothing()


@router.get("/users/me")
async def show_me(request: Request) -> Response:
    """Only a user-level key (`u+` and the user's id) has an owner."""
    owner = token_owner(request)
    if not owner:
        return answer({"error": ACCOUNT_KEY}, 400)
    return answer({"user": _shown(world_of(request), "users", owner, listed(request, "include"))})


@router.get("/users/{key}/{part}")
async def list_of_user(request: Request, key: str, part: str) -> Response:
    """contact_methods or notification_rules, in full."""
    user = _find(request, "users", key)
    if part not in {"contact_methods", "notification_rules"}:
        raise not_found()
    return answer({part: user[part]})


@router.get("/services/{key}/integrations/{integration}")
async def show_integration(request: Request, key: str, integration: str) -> Response:
    service = _find(request, "services", key)
    found = next((one for one in service["integrations"] if one["id"] == integration), None)
    if not found:
        raise not_found()
    return answer({"integration": found})


@router.get("/users")
async def list_users(request: Request) -> Response:
    return _list(request, "users")


@router.get("/users/{key}")
async def show_user(request: Request, key: str) -> Response:
    return _show(request, "users", "user", key)


@router.get("/teams")
async def list_teams(request: Request) -> Response:
    return _list(request, "teams")


@router.get("/teams/{key}")
async def show_team(request: Request, key: str) -> Response:
    return _show(request, "teams", "team", key)


@router.get("/services")
async def list_services(request: Request) -> Response:
    return _list(request, "services")


@router.get("/services/{key}")
async def show_service(request: Request, key: str) -> Response:
    return _show(request, "services", "service", key)


@router.get("/escalation_policies")
async def list_policies(request: Request) -> Response:
    return _list(request, "escalation_policies")


@router.get("/escalation_policies/{key}")
async def show_policy(request: Request, key: str) -> Response:
    return _show(request, "escalation_policies", "escalation_policy", key)


@router.get("/priorities")
async def list_priorities(request: Request) -> Response:
    return _list(request, "priorities")


def _list(request: Request, kind: str) -> Response:
    """All of a kind; `query` looks in names and e-mails, `team_ids[]` at the object's teams."""
    world, include = world_of(request), listed(request, "include")
    teams, query = set(listed(request, "team_ids")), request.query_params.get("query", "").casefold()
    rows = [
        _shown(world, kind, row, include)
        for row in world.directory.all(kind)
        if query in f"{row['name']} {row.get('email', '')}".casefold()
        and (not teams or teams & {team["id"] for team in row.get("teams", ())})
    ]
    return page(kind, rows, paging(request))


def _show(request: Request, kind: str, one: str, key: str) -> Response:
    return answer(
        {one: _shown(world_of(request), kind, _find(request, kind, key), listed(request, "include"))}
    )


def _find(request: Request, kind: str, key: str) -> Json:
    directory: Directory = world_of(request).directory
    found = directory.find(kind, key)
    if not found:
        raise not_found()
    return found


def _shown(world: World, kind: str, thing: Json, include: list[str]) -> Json:
    shown = presented(kind, thing, include)
    if "teams" in include and "teams" in shown:
        shown["teams"] = [full(world, "teams", team) for team in shown["teams"]]
    if kind == "services" and "escalation_policies" in include:
        shown["escalation_policy"] = full(world, "escalation_policies", shown.get("escalation_policy"))
    if kind == "escalation_policies" and "targets" in include:
        shown["escalation_rules"] = [
            rule | {"targets": [_target(world, one) for one in rule["targets"]]}
            for rule in shown["escalation_rules"]
        ]
    return shown


def _target(world: World, pointer: Json) -> Any:
    return full(world, TARGETS[pointer["type"]], pointer) if pointer["type"] in TARGETS else pointer

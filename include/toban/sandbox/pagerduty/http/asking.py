"""Reads what a request asks for; what PagerDuty would refuse raises RefusedError."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from fastapi import Request

from toban.sandbox.pagerduty.refusals import invalid, requester_not_found
from toban.sandbox.pagerduty.wire import Json, parse
from toban.sandbox.pagerduty.world import World

DEFAULT_LIMIT = 25
MOST_PER_PAGE = 100
CEILING = 10_000  # classic pagination ends where offset + limit passes this
USER_TOKEN = "u+"  # noqa: S105 - how user-level keys begin; here the rest is the user's id


@dataclass(frozen=True)
class Paging:
    limit: int
    offset: int
    total: bool


def world_of(request: Request) -> World:
    world = request.app.state.world
    if not isinstance(world, World):
        raise TypeError("The app was made without a world: use create_app.")
    return world


def paging(request: Request) -> Paging:
    """limit (at most 100), offset and total; offset + limit may not pass 10,000."""
    limit = min(_whole(request, "limit", DEFAULT_LIMIT), MOST_PER_PAGE)
    offset = _whole(request, "offset", 0)
    if offset + limit > CEILING:
        raise invalid(f"Offset plus limit must not be greater than {CEILING}, not {offset + limit}.")
    return Paging(max(limit, 1), offset, flag(request, "total"))


def _whole(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return default
    if not text.isdecimal():
        raise invalid(f"{name.capitalize()} must be a whole number, not {text!r}.")
    return int(text)


def flag(request: Request, name: str) -> bool:
    return request.query_params.get(name, "").lower() in {"true", "1"}


def listed(request: Request, name: str) -> list[str]:
    """The values of `name[]=a&name[]=b`; a bare `name=a` counts as one value."""
    query = request.query_params
    return [value for key in (f"{name}[]", name) for value in query.getlist(key) if value]


def moment(request: Request, name: str, code: int = 2001) -> datetime | None:
    """An ISO 8601 moment; `code` is PagerDuty's error code for a bad one."""
    text = request.query_params.get(name)
    if not text:
        return None
    try:
        return parse(text.replace(" ", "+"))  # an unescaped plus of an offset arrives as a blank
    except ValueError:
        raise invalid(f"{name.capitalize()} is no ISO 8601 date-time: {text!r}.", code=code) from None


def window(request: Request, *, required: bool = False) -> tuple[datetime | None, datetime | None]:
    """(since, until), in that order on the clock."""
    since, until = moment(request, "since", 2004), moment(request, "until", 2005)
    if required and not (since and until):
        raise invalid("Since and until are required.", code=2004)
    if since and until and since > until:
        raise invalid("Since must not be after until.", code=2004)
    return since, until


async def body_of(request: Request) -> Json:
    """The JSON object in the request's body."""
    try:
        body = orjson.loads(await request.body())
    except orjson.JSONDecodeError:
        raise invalid("The body is no JSON.") from None
    if not isinstance(body, dict):
        raise invalid("The body is no JSON object.")
    return body


async def part_of(request: Request, name: str) -> Any:
    """What the body holds under one name, such as "incident"."""
    body = await body_of(request)
    if name not in body:
        raise invalid(f"The body lacks {name!r}.")
    return body[name]


def token_of(request: Request) -> str:
    """The key in `Authorization: Token token=KEY` or `Bearer KEY`."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.removeprefix("token=").strip('"') if scheme.lower() in {"token", "bearer"} else ""


def token_owner(request: Request) -> Json | None:
    """The user a user-level key belongs to; None for an account's key."""
    token = token_of(request)
    users = world_of(request).directory
    return users.find("users", token.removeprefix(USER_TOKEN)) if token.startswith(USER_TOKEN) else None


def requester(request: Request) -> Json:
    """The user named by the From header, or the owner of a user-level key. Raises RefusedError 1008."""
    email = request.headers.get("from")
    if not email:
        owner = token_owner(request)
        if owner:
            return owner
        raise requester_not_found("The From header must hold the e-mail of a user of the account.")
    user = world_of(request).directory.user_by_email(email)
    if not user:
        raise requester_not_found(f"No user of the account has the e-mail {email!r}.")
    return user

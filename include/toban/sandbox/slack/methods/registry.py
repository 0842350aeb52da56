"""The Web API's methods by name, each with the scopes it needs and its rate."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from toban.sandbox.slack.arguments import Arguments
from toban.sandbox.slack.refusal import RefusedError
from toban.sandbox.slack.workspace import Workspace

Answer = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One call: the workspace, the arguments, and where this server is reached (no slash at the end)."""

    workspace: Workspace
    args: Arguments
    base_url: str


@dataclass(frozen=True)
class Method:
    """`scopes`: any one of them suffices, none means none is needed. `per_minute` is Slack's tier.

    `app_level`: called with the app's own token (xapp-…) instead of the bot's (xoxb-…).
    """

    name: str
    run: Callable[[Call], Answer]
    scopes: tuple[str, ...]
    per_minute: int | None
    per_channel: bool
    app_level: bool


METHODS: dict[str, Method] = {}


def method(
    name: str,
    *scopes: str,
    per_minute: int | None = None,
    per_channel: bool = False,
    app_level: bool = False,
) -> Callable[[Callable[[Call], Answer]], Callable[[Call], Answer]]:
    """Registers a function as the method `name`; what it returns is sent with `"ok": true`."""

    def register(run: Callable[[Call], Answer]) -> Callable[[Call], Answer]:
        METHODS[name] = Method(name, run, scopes, per_minute, per_channel, app_level)
        return run

    return register


def page(call: Call, rows: Iterable[Any], *, default: int, most: int) -> tuple[list[Any], str]:
    """The page of `rows` that limit and cursor ask for, and the next cursor ("" at the end)."""
    limit = max(1, min(call.args.number("limit", default) or default, most))
    start = _start(call.args.text("cursor"))
    listed = list(rows)
    end = start + limit
    return listed[start:end], str(end) if end < len(listed) else ""


def _start(cursor: str) -> int:
    """Cursors are opaque to callers; here they are simply the number of the first row."""
    if cursor and not cursor.isdecimal():
        raise RefusedError("invalid_cursor")
    return int(cursor or 0)

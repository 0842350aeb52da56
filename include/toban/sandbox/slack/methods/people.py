"""auth.test and users.*: who the app is and who everybody else is."""

from typing import Any

from toban.sandbox.slack.methods.registry import Answer, Call, method, page
from toban.sandbox.slack.names import BOT, BOT_NAME, BOT_USER, TEAM
from toban.sandbox.slack.rates import TIER_2, TIER_3, TIER_4


@method("auth.test")
def auth_test(call: Call) -> Answer:
    """Who the token belongs to."""
    return {
        "url": f"{call.base_url}/",
        "team": call.workspace.name,
        "user": BOT_NAME,
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


@method("users.lookupByEmail", "users:read.email", per_minute=TIER_3)
def lookup_by_email(call: Call) -> Answer:
    """The active person with an e-mail address."""
    return {"user": call.workspace.people.by_email(call.args.required("email"))}


@method("users.info", "users:read", per_minute=TIER_4)
def info(call: Call) -> Answer:
    """One user, with the address if the app may read it."""
    return {"user": _shown(call, call.workspace.people.user(call.args.required("user")))}


@method("users.list", "users:read", per_minute=TIER_2)
def list_(call: Call) -> Answer:
    """Everyone, also who has left, page by page."""
    users = [_shown(call, user) for user in call.workspace.people.users.all()]
    rows, cursor = page(call, users, default=200, most=1000)
    return {"members": rows, "response_metadata": {"next_cursor": cursor}}


def _shown(call: Call, user: dict[str, Any]) -> dict[str, Any]:
    if "users:read.email" in call.workspace.scopes:
        return user
    return {**user, "profile": {name: value for name, value in user["profile"].items() if name != "email"}}

"""usergroups.*: the @handles that stand for several people."""

from typing import Any

from toban.sandbox.slack.methods.registry import Answer, Call, method
from toban.sandbox.slack.rates import TIER_2


@method("usergroups.list", "usergroups:read", per_minute=TIER_2)
def list_(call: Call) -> Answer:
    """The user groups, with members or their number where asked."""
    groups = [each for each in call.workspace.people.groups.all() if _is_asked_for(call, each)]
    return {"usergroups": [_shown(call, group) for group in groups]}


@method("usergroups.users.list", "usergroups:read", per_minute=TIER_2)
def users(call: Call) -> Answer:
    """The members of a group."""
    return {"users": call.workspace.people.group(call.args.required("usergroup"))["users"]}


@method("usergroups.users.update", "usergroups:write", per_minute=TIER_2)
def update(call: Call) -> Answer:
    """Replace all members of a group; an empty list is refused."""
    group = call.workspace.people.group(call.args.required("usergroup"))
    return {"usergroup": call.workspace.people.replace_members(group["id"], call.args.words("users"))}


def _is_asked_for(call: Call, group: dict[str, Any]) -> bool:
    return not group["date_delete"] or call.args.flag("include_disabled")


def _shown(call: Call, group: dict[str, Any]) -> dict[str, Any]:
    shown = {name: value for name, value in group.items() if name != "users"}
    if call.args.flag("include_users"):
        shown["users"] = group["users"]
    if call.args.flag("include_count"):
        shown["user_count"] = len(group["users"])
    return shown

"""reactions.add: an emoji under a message."""

import re

from toban.sandbox.slack.methods.registry import Answer, Call, method
from toban.sandbox.slack.names import BOT_USER
from toban.sandbox.slack.rates import TIER_3
from toban.sandbox.slack.refusal import RefusedError


@method("reactions.add", "reactions:write", per_minute=TIER_3)
def add(call: Call) -> Answer:
    """Put the app's reaction under a message, once."""
    name = call.args.required("name")
    if not re.fullmatch(r"[\w+'-]+(::skin-tone-[2-6])?", name):
        raise RefusedError("invalid_name")
    channel = call.workspace.channels.by_id(call.args.required("channel"))
    entry = call.workspace.messages.at(channel["id"], call.args.required("timestamp"))
    reactions = {each["name"]: each["users"] for each in entry.message.get("reactions", [])}
    if BOT_USER in reactions.get(name, []):
        raise RefusedError("already_reacted")
    reactions[name] = [*reactions.get(name, []), BOT_USER]
    listed = [{"name": each, "users": users, "count": len(users)} for each, users in reactions.items()]
    call.workspace.messages.edit(entry, reactions=listed)
    return {}

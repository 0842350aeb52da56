"""conversations.*: finding, joining and describing channels."""

from typing import Any

from toban.sandbox.slack.channels import require_member
from toban.sandbox.slack.methods.registry import Answer, Call, method, page
from toban.sandbox.slack.names import BOT_USER
from toban.sandbox.slack.rates import TIER_2, TIER_3
from toban.sandbox.slack.refusal import RefusedError

_READ = ("channels:read", "groups:read", "im:read", "mpim:read")


@method("conversations.list", *_READ, per_minute=TIER_2)
def list_(call: Call) -> Answer:
    """The channels of the asked `types` that the bot may see, page by page."""
    kinds = call.args.words("types") or ["public_channel"]
    hide_archived = call.args.flag("exclude_archived")
    found = [
        channel
        for channel in call.workspace.channels.visible()
        if _kind(channel) in kinds and not (hide_archived and channel["is_archived"])
    ]
    rows, cursor = page(call, found, default=100, most=1000)
    return {"channels": rows, "response_metadata": {"next_cursor": cursor}}


@method("conversations.info", *_READ, per_minute=TIER_3)
def info(call: Call) -> Answer:
    """One channel."""
    return {"channel": call.workspace.channels.by_id(call.args.required("channel"))}


@method("conversations.join", "channels:join", per_minute=TIER_3)
def join(call: Call) -> Answer:
    """Make the bot a member of a public channel."""
    channel = call.workspace.channels.by_id(call.args.required("channel"))
    if _kind(channel) != "public_channel":
        raise RefusedError("method_not_supported_for_channel_type")
    if channel["is_archived"]:
        raise RefusedError("is_archived")
    warning = {"warning": "already_in_channel"} if channel["is_member"] else {}
    return {"channel": call.workspace.channels.change(channel["id"], is_member=True), **warning}


@method("conversations.open", "im:write", "mpim:write", "channels:manage", per_minute=TIER_3)
def open_(call: Call) -> Answer:
    """The direct messages with one person."""
    users = call.args.words("users")
    if len(users) != 1:
        raise RefusedError("users_list_not_supplied" if not users else "not_enough_users")
    people = call.workspace.people
    if people.users.get(users[0]) is None:
        raise RefusedError("user_not_found")
    channel = call.workspace.channels.direct(people.user(users[0]))
    return {"channel": channel if call.args.flag("return_im") else {"id": channel["id"]}}


@method(
    "conversations.setTopic", "channels:write.topic", "channels:manage", "groups:write", per_minute=TIER_2
)
def set_topic(call: Call) -> Answer:
    """A channel's topic; the channel shows that it was set."""
    channel = call.workspace.channels.by_id(call.args.required("channel"))
    require_member(channel)
    topic = call.args.text("topic")
    changed = call.workspace.channels.set_topic(channel["id"], topic)
    note: dict[str, Any] = {"type": "message", "subtype": "channel_topic", "user": BOT_USER, "topic": topic}
    call.workspace.messages.post(channel["id"], {**note, "text": f"set the channel topic: {topic}"})
    return {"channel": changed}


def _kind(channel: dict[str, Any]) -> str:
    if channel["is_im"]:
        return "im"
    return "private_channel" if channel["is_private"] else "public_channel"

"""chat.*: posting, correcting and deleting messages."""

from typing import Any

from toban.sandbox.slack.channels import require_member
from toban.sandbox.slack.content import read_content, require_something
from toban.sandbox.slack.messages import Entry
from toban.sandbox.slack.methods.registry import Answer, Call, method
from toban.sandbox.slack.names import APP, BOT, BOT_USER, TEAM
from toban.sandbox.slack.rates import TIER_3, TIER_4
from toban.sandbox.slack.refusal import RefusedError

AUTHOR = {"type": "message", "user": BOT_USER, "bot_id": BOT, "app_id": APP, "team": TEAM}


@method("chat.postMessage", "chat:write", per_channel=True)
def post_message(call: Call) -> Answer:
    """A message into a channel (id, name, or a user's id for a direct message) or into a thread."""
    channel = target(call)
    content = read_content(call.args, call.workspace.files)
    require_something(content)
    message = call.workspace.messages.post(
        channel["id"], {**AUTHOR, "text": "", **content, **_place(call, channel)}
    )
    return {"channel": channel["id"], "ts": message["ts"], "message": message}


@method("chat.postEphemeral", "chat:write", per_minute=TIER_4)
def post_ephemeral(call: Call) -> Answer:
    """A message that one person sees; no history has it."""
    channel = target(call)
    user = call.workspace.people.user(call.args.required("user"))
    content = read_content(call.args, call.workspace.files)
    require_something(content)
    message = {**AUTHOR, "text": "", **content, **_place(call, channel)}
    posted = call.workspace.messages.post(channel["id"], message, only_for=user["id"])
    return {"message_ts": posted["ts"]}


@method("chat.update", "chat:write", per_minute=TIER_3)
def update(call: Call) -> Answer:
    """New content for an own message. Text without blocks takes the old blocks away; nobody is notified.

    As in Slack, `edited` is set only where the new content has no blocks.
    """
    channel = call.workspace.channels.by_id(call.args.required("channel"))
    entry = _own(call, channel["id"], "cant_update_message")
    content = read_content(call.args, call.workspace.files)
    require_something(content)
    changes: dict[str, Any] = dict(content)
    if "text" in content and "blocks" not in content:
        changes["blocks"] = None
    if not content.get("blocks"):
        changes["edited"] = {"user": BOT_USER, "ts": entry.ts}
    message = call.workspace.messages.edit(entry, **changes)
    return {"channel": channel["id"], "ts": entry.ts, "text": message["text"], "message": message}


@method("chat.delete", "chat:write", per_minute=TIER_3)
def delete(call: Call) -> Answer:
    """Take an own message away."""
    channel = call.workspace.channels.by_id(call.args.required("channel"))
    entry = _own(call, channel["id"], "cant_delete_message")
    call.workspace.messages.delete(entry)
    return {"channel": channel["id"], "ts": entry.ts}


@method("chat.getPermalink")
def permalink(call: Call) -> Answer:
    """The address under which a person finds the message on this server's page."""
    channel = call.workspace.channels.by_id(call.args.required("channel"))
    entry = call.workspace.messages.at(channel["id"], call.args.required("message_ts"))
    path = f"/archives/{channel['id']}/p{entry.ts.replace('.', '')}"
    return {"channel": channel["id"], "permalink": call.base_url + path}


def target(call: Call) -> dict[str, Any]:
    """The conversation the bot may write into, by id, name or user id; refuses as Slack does."""
    wanted = call.args.required("channel")
    workspace = call.workspace
    if workspace.people.users.get(wanted):
        return workspace.channels.direct(workspace.people.user(wanted))
    channel = workspace.channels.named(wanted)
    may_write_anywhere = "chat:write.public" in workspace.scopes and not channel["is_private"]
    require_member({**channel, "is_member": channel["is_member"] or may_write_anywhere})
    return channel


def _place(call: Call, channel: dict[str, Any]) -> dict[str, Any]:
    """Where in the channel: nothing for a message of its own, else the thread and whether it is broadcast."""
    thread_ts = call.args.text("thread_ts")
    if not thread_ts:
        return {}
    head = call.workspace.messages.at(channel["id"], thread_ts, missing="thread_not_found").message
    place = {"thread_ts": head.get("thread_ts", thread_ts)}
    if call.args.flag("reply_broadcast"):
        place |= {"subtype": "thread_broadcast", "root": head}
    return place


def _own(call: Call, channel_id: str, refusal: str) -> Entry:
    entry = call.workspace.messages.at(channel_id, call.args.required("ts"))
    if entry.message["user"] != BOT_USER:
        raise RefusedError(refusal)
    return entry

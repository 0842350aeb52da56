"""files.*: the upload in three steps, and what became of it."""

from typing import Any

from toban.sandbox.slack.channels import require_member
from toban.sandbox.slack.methods.chat import AUTHOR
from toban.sandbox.slack.methods.registry import Answer, Call, method
from toban.sandbox.slack.rates import TIER_4
from toban.sandbox.slack.refusal import RefusedError


@method("files.getUploadURLExternal", "files:write", per_minute=TIER_4)
def get_upload_url(call: Call) -> Answer:
    """Announce a file; its bytes go to the upload_url next."""
    length = call.args.number("length", 0)
    if length <= 0:
        raise RefusedError("invalid_arguments")
    file = call.workspace.files.announce(call.args.required("filename"), length, int(call.workspace.clock()))
    return {"upload_url": f"{call.base_url}/upload/v1/{file['id']}", "file_id": file["id"]}


@method("files.completeUploadExternal", "files:write", per_minute=TIER_4)
def complete_upload(call: Call) -> Answer:
    """Title the uploaded files and, with a channel, post them there as one message."""
    given = call.args.data("files", "invalid_arguments")
    if not isinstance(given, list) or not given:
        raise RefusedError("invalid_arguments")
    channels = call.args.words("channel_id") + call.args.words("channels")
    places = [call.workspace.channels.by_id(channel) for channel in dict.fromkeys(channels)]
    for place in places:
        require_member(place)
    files = [_titled(call, each) for each in given]
    for place in places:
        files = _share(call, files, place["id"])
    return {"files": [shown(call, file) for file in files]}


@method("files.info", "files:read", per_minute=TIER_4)
def info(call: Call) -> Answer:
    """One file and where it is shared."""
    return {"file": shown(call, call.workspace.files.uploaded(call.args.required("file")))}


def shown(call: Call, file: dict[str, Any]) -> dict[str, Any]:
    """A file as Slack hands it out: with whole addresses."""
    url = call.base_url + file["url_private"]
    return {**file, "url_private": url, "url_private_download": url, "permalink": url}


def _titled(call: Call, given: dict[str, Any]) -> dict[str, Any]:
    file = call.workspace.files.uploaded(str(given.get("id", "")))
    return call.workspace.files.change(file["id"], title=given.get("title") or file["name"])


def _share(call: Call, files: list[dict[str, Any]], channel: str) -> list[dict[str, Any]]:
    text, thread_ts = call.args.text("initial_comment"), call.args.text("thread_ts")
    message: dict[str, Any] = {
        **AUTHOR,
        "text": text,
        "files": [shown(call, file) for file in files],
        "upload": True,
    }
    if thread_ts:
        message["thread_ts"] = call.workspace.messages.at(channel, thread_ts, missing="thread_not_found").ts
    ts = call.workspace.messages.post(channel, message)["ts"]
    return [_shared(call, file, channel, ts) for file in files]


def _shared(call: Call, file: dict[str, Any], channel: str, ts: str) -> dict[str, Any]:
    public = {**file["shares"].get("public", {}), channel: [{"ts": ts}]}
    return call.workspace.files.change(file["id"], shares={"public": public}, channels=list(public))

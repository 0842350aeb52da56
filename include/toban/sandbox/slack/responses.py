"""response_url: what an app says about a message afterwards, without a token."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from toban.sandbox.slack.arguments import Arguments
from toban.sandbox.slack.clicks import Clicks, ResponseUrl
from toban.sandbox.slack.content import read_content, require_something
from toban.sandbox.slack.messages import Entry
from toban.sandbox.slack.methods.chat import AUTHOR
from toban.sandbox.slack.names import BOT_USER
from toban.sandbox.slack.refusal import RefusedError
from toban.sandbox.slack.workspace import Workspace


def responses_router(workspace: Workspace, clicks: Clicks) -> APIRouter:
    """POST /response/{token}."""
    router = APIRouter()

    @router.post("/response/{token}")
    async def respond(token: str, request: Request) -> Response:
        known = clicks.response_urls.get(token)
        if known is None or not known.use():
            return JSONResponse({"ok": False, "error": "used_url"}, status_code=404)
        args = Arguments.read("", request.headers.get("content-type", ""), await request.body())
        try:
            _respond(workspace, known, args)
        except RefusedError as refused:
            return PlainTextResponse(refused.code, status_code=400)
        return PlainTextResponse("ok")

    return router


def _respond(workspace: Workspace, known: ResponseUrl, args: Arguments) -> None:
    """Replace or delete the message, or say something new: to who clicked alone, unless said otherwise."""
    if args.flag("delete_original"):
        workspace.messages.delete(_own(workspace, known))
        return
    content = read_content(args, workspace.files)
    require_something(content)
    if args.flag("replace_original"):
        workspace.messages.edit(_own(workspace, known), **{"blocks": None, **content})
        return
    place = {"thread_ts": args.text("thread_ts")} if args.has("thread_ts") else {}
    only_for = None if args.text("response_type") == "in_channel" else known.user
    workspace.messages.post(known.channel, {**AUTHOR, "text": "", **content, **place}, only_for)


def _own(workspace: Workspace, known: ResponseUrl) -> Entry:
    """The message as it is now; a shortcut's may be a person's, which no app can change."""
    entry = workspace.messages.at(known.channel, known.ts, ephemeral=True)
    if entry.message["user"] != BOT_USER:
        raise RefusedError("cant_update_message")
    return entry

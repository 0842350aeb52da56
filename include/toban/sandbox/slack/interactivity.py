"""The routes behind the page's buttons and modals, and the response_url an app answers to."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from toban.sandbox.slack.arguments import Arguments
from toban.sandbox.slack.clicks import Clicks, Delivery, Receiver, ResponseUrl, deliver
from toban.sandbox.slack.content import acting_elements, read_content, require_something
from toban.sandbox.slack.messages import Entry
from toban.sandbox.slack.methods.chat import AUTHOR
from toban.sandbox.slack.modal import values_of
from toban.sandbox.slack.refusal import RefusedError
from toban.sandbox.slack.workspace import Workspace

NOBODY = "Nobody listens to clicks: POST {url, signing_secret} to /_sandbox/interactivity."
FAILED = "The app did not accept this click within three seconds."


def clicks_router(workspace: Workspace, receiver: Receiver) -> APIRouter:
    """Pressing, submitting, dismissing and answering."""
    router, clicks = APIRouter(), Clicks(workspace)

    @router.post("/_sandbox/press")
    async def press(request: Request) -> Response:
        form = await _form(request)
        entry, action = _pressed(workspace, form)
        payload = clicks.block_actions(entry, workspace.user_id(form.get("user", "")), action, _base(request))
        return _back(form, await _deliver(receiver, payload))

    @router.post("/_sandbox/submit")
    async def submit(request: Request) -> Response:
        form = await _form(request, several=True)
        user = workspace.user_id(form.get("user", ""))
        view = workspace.views.get(form.get("view", ""))
        view = {**view, "state": {"values": values_of(view["blocks"], form)}}
        delivery = await _deliver(receiver, clicks.view("view_submission", view, user))
        return _back(form, delivery, errors=_settle(workspace, view, delivery))

    @router.post("/_sandbox/dismiss")
    async def dismiss(request: Request) -> Response:
        form = await _form(request)
        view = workspace.views.get(form.get("view", ""))
        workspace.views.close(view["id"])
        if view.get("notify_on_close"):
            await _deliver(
                receiver, clicks.view("view_closed", view, workspace.user_id(form.get("user", "")))
            )
        return _back(form, Delivery(200, {}))

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


async def _form(request: Request, *, several: bool = False) -> dict[str, Any]:
    pairs = parse_qsl((await request.body()).decode(), keep_blank_values=True)
    form: dict[str, Any] = {}
    for name, value in pairs:
        form[name] = f"{form[name]}\n{value}" if several and name in form else value
    return form


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _pressed(workspace: Workspace, form: dict[str, Any]) -> tuple[Entry, dict[str, Any]]:
    """The message and the action a click names: its element without what is only for looking at."""
    channel = workspace.channel_id(form.get("channel", ""))
    entry = workspace.messages.at(channel, form.get("ts", ""), ephemeral=True)
    for block in entry.message.get("blocks", []):
        for element in acting_elements(block):
            if _names(form, block, element):
                kept = {name: value for name, value in element.items() if name not in {"confirm", "options"}}
                return entry, {**kept, **_chosen(element, form), "block_id": block["block_id"]}
    raise HTTPException(404, "There is no such button.")


def _names(form: dict[str, Any], block: dict[str, Any], element: dict[str, Any]) -> bool:
    """Whether the click is this element's; the block may be left out where the action alone is clear."""
    return form.get("action_id") == element["action_id"] and form.get("block_id") in {None, block["block_id"]}


def _chosen(element: dict[str, Any], form: dict[str, Any]) -> dict[str, Any]:
    chosen = [each for each in element.get("options", []) if each["value"] == form.get("value")]
    return {"selected_option": chosen[0]} if chosen else {}


async def _deliver(receiver: Receiver, payload: dict[str, Any]) -> Delivery | None:
    return await deliver(receiver, payload) if receiver.url else None


def _settle(workspace: Workspace, view: dict[str, Any], delivery: Delivery | None) -> dict[str, str]:
    """What the app's answer to a submission does to the modal: close it, replace it, or name errors."""
    if delivery is None or not delivery.accepted:
        return {}
    action = delivery.body.get("response_action")
    if action == "errors":
        return dict(delivery.body.get("errors", {}))
    if action in {"update", "push"}:
        workspace.views.replace(view["id"], delivery.body["view"])
    else:
        workspace.views.close(view["id"])
    return {}


def _back(form: dict[str, Any], delivery: Delivery | None, errors: dict[str, str] | None = None) -> Response:
    """To the page the click came from, or JSON where a test clicked."""
    trouble = NOBODY if delivery is None else "" if delivery.accepted else FAILED
    if "back" not in form:
        status = delivery.status if delivery else 0
        return JSONResponse({"ok": not trouble, "status": status, "trouble": trouble, "errors": errors or {}})
    told = [*(errors or {}).values()] or ([trouble] if trouble else [])
    notice = urlencode({"notice": " ".join(told)}) if told else ""
    place = form["back"] if form["back"].startswith("?") else "?"
    return RedirectResponse(f"/{place}&{notice}" if notice else f"/{place}", status_code=303)


def _respond(workspace: Workspace, known: ResponseUrl, args: Arguments) -> None:
    """What an app says through a response_url: replace or delete the message, or say something new."""
    if args.flag("delete_original"):
        workspace.messages.delete(known.entry)
        return
    content = read_content(args, workspace.files)
    require_something(content)
    if args.flag("replace_original"):
        workspace.messages.edit(known.entry, **{"blocks": None, **content})
        return
    place = {"thread_ts": args.text("thread_ts")} if args.has("thread_ts") else {}
    only_for = None if args.text("response_type") == "in_channel" else known.user
    workspace.messages.post(known.entry.channel, {**AUTHOR, "text": "", **content, **place}, only_for)

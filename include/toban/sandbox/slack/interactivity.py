"""The routes behind the page's buttons, menus and modals."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from toban.sandbox.slack.clicks import Clicks
from toban.sandbox.slack.content import acting_elements
from toban.sandbox.slack.messages import Entry
from toban.sandbox.slack.modal import values_of
from toban.sandbox.slack.outlet import Delivery, Outlet
from toban.sandbox.slack.workspace import Workspace

NOBODY = (
    "Nobody listens to clicks: connect by Socket Mode, "
    "or POST {url, signing_secret} to /_sandbox/interactivity."
)
FAILED = "The app did not accept this click within three seconds."


def clicks_router(workspace: Workspace, clicks: Clicks, outlet: Outlet) -> APIRouter:
    """Pressing, choosing a shortcut, submitting and dismissing."""
    router = APIRouter()

    @router.post("/_sandbox/press")
    async def press(request: Request) -> Response:
        form = await _form(request)
        entry, action = _pressed(workspace, form)
        payload = clicks.block_actions(entry, workspace.user_id(form.get("user", "")), action, _base(request))
        return _back(form, await outlet.deliver(payload))

    @router.post("/_sandbox/shortcut")
    async def shortcut(request: Request) -> Response:
        form = await _form(request)
        entry = _message(workspace, form)
        user, chosen = workspace.user_id(form.get("user", "")), form.get("callback_id", "")
        return _back(form, await outlet.deliver(clicks.shortcut(entry, user, chosen, _base(request))))

    @router.post("/_sandbox/submit")
    async def submit(request: Request) -> Response:
        form = await _form(request, several=True)
        user = workspace.user_id(form.get("user", ""))
        view = workspace.views.get(form.get("view", ""))
        view = {**view, "state": {"values": values_of(view["blocks"], form)}}
        delivery = await outlet.deliver(clicks.view("view_submission", view, user))
        return _back(form, delivery, errors=_settle(workspace, view, delivery))

    @router.post("/_sandbox/dismiss")
    async def dismiss(request: Request) -> Response:
        form = await _form(request)
        view = workspace.views.get(form.get("view", ""))
        workspace.views.close(view["id"])
        if view.get("notify_on_close"):
            user = workspace.user_id(form.get("user", ""))
            await outlet.deliver(clicks.view("view_closed", view, user))
        return _back(form, Delivery(200, {}))

    return router


async def _form(request: Request, *, several: bool = False) -> dict[str, Any]:
    pairs = parse_qsl((await request.body()).decode(), keep_blank_values=True)
    form: dict[str, Any] = {}
    for name, value in pairs:
        form[name] = f"{form[name]}\n{value}" if several and name in form else value
    return form


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _message(workspace: Workspace, form: dict[str, Any]) -> Entry:
    channel = workspace.channel_id(form.get("channel", ""))
    return workspace.messages.at(channel, form.get("ts", ""), ephemeral=True)


def _pressed(workspace: Workspace, form: dict[str, Any]) -> tuple[Entry, dict[str, Any]]:
    """The message and the action a click names: its element without what is only for looking at."""
    entry = _message(workspace, form)
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

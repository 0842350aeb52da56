"""The page at /: what a person would see in Slack, and who would be rung by it."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from toban.sandbox.slack.modal import field_name
from toban.sandbox.slack.mrkdwn import mrkdwn, plain
from toban.sandbox.slack.naming import Naming
from toban.sandbox.slack.timeline import Timeline
from toban.sandbox.slack.workspace import Workspace

TEMPLATES = Path(__file__).parent / "templates"
STATIC = {"slack.css": "text/css", "slack.js": "text/javascript"}
ZONES = ("UTC", "Asia/Tokyo", "America/New_York", "Europe/London")
LATEST = 200  # messages drawn at first; a page of thousands would be slow to look at
HEADERS = {
    # Nothing from elsewhere, no inline script or style: messages are hostile until shown otherwise.
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def page_router(workspace: Workspace) -> APIRouter:
    """The page, its style and script, permalinks, and the version the script asks for."""
    router, templates = APIRouter(), _templates(workspace)

    @router.get("/")
    async def page(request: Request) -> Response:
        context = _context(workspace, dict(request.query_params))
        return HTMLResponse(templates.get_template("page.html").render(context), headers=HEADERS)

    @router.get("/archives/{channel_id}/p{digits}")
    async def permalink(channel_id: str, digits: str) -> Response:
        ts = f"{digits[:-6]}.{digits[-6:]}"
        message = workspace.messages.at(channel_id, ts).message
        thread = {"thread": message["thread_ts"]} if "thread_ts" in message else {}
        return RedirectResponse(f"/?{urlencode({'channel': channel_id, **thread})}#m{ts}")

    @router.get("/static/{name}")
    async def static(name: str) -> Response:
        if name not in STATIC:
            return PlainTextResponse("There is no such file.", status_code=404)
        return FileResponse(TEMPLATES / name, media_type=STATIC[name])

    @router.get("/_sandbox/version")
    async def version() -> dict[str, str]:
        return {"version": workspace.version}

    return router


def _templates(workspace: Workspace) -> Environment:
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    naming = Naming(workspace)
    templates.filters["mrkdwn"] = lambda text: mrkdwn(text, naming.mention)
    templates.filters["plain"] = plain
    templates.filters["local_file"] = _local_file
    templates.filters["safe_colour"] = _safe_colour
    templates.globals["mention"] = naming.mention
    templates.globals["person_name"] = naming.person
    templates.globals["field_name"] = field_name
    return templates


def _context(workspace: Workspace, query: dict[str, str]) -> dict[str, Any]:
    people = workspace.people.humans()
    viewer = _viewer(people, query.get("as", ""))
    zone = query["tz"] if query.get("tz") in available_timezones() else workspace.time_zone
    channel = _channel(workspace, query.get("channel", ""))
    timeline = Timeline(workspace, viewer, ZoneInfo(zone))
    thread_ts = query.get("thread", "")
    rows = timeline.channel(channel["id"])

    def here(**changes: str | None) -> str:
        kept = {
            "channel": channel["id"],
            "thread": thread_ts,
            "as": query.get("as", ""),
            "tz": query.get("tz", ""),
        }
        return "?" + urlencode({name: value for name, value in {**kept, **changes}.items() if value})

    return {
        "workspace": workspace,
        "version": workspace.version,
        "channel": channel,
        "channels": [each for each in workspace.channels.all() if not each["is_im"]],
        "directs": [each for each in workspace.channels.all() if each["is_im"]],
        "title": _title(workspace, channel),
        "title_of": lambda each: _title(workspace, each),
        "rows": rows if query.get("all") else rows[-LATEST:],
        "older": 0 if query.get("all") else max(0, len(rows) - LATEST),
        "thread": timeline.thread(channel["id"], thread_ts) if thread_ts else [],
        "replies": lambda ts: timeline.thread(channel["id"], ts)[1:],
        "viewer": viewer,
        "people": people,
        "zone": zone,
        "zones": sorted({*ZONES, zone, *(person["tz"] for person in people)}),
        "modal": workspace.views.shown_to(viewer),
        "notice": query.get("notice", ""),
        "here": here,
    }


def _viewer(people: list[dict[str, Any]], asked: str) -> str:
    """The person whose screen this is: the asked one, else the first."""
    ids = [str(person["id"]) for person in people]
    return asked if asked in ids else next(iter(ids), "")


def _channel(workspace: Workspace, asked: str) -> dict[str, Any]:
    """The asked channel, else the one with the latest message, else the first."""
    if asked:
        return workspace.channels.named(asked)
    channels = workspace.channels.all()
    return max(channels, key=lambda each: max((e.ts for e in workspace.messages.of(each["id"])), default=""))


def _title(workspace: Workspace, channel: dict[str, Any]) -> str:
    if channel["is_im"]:
        return str(workspace.people.user(channel["user"])["real_name"])
    return str(channel["name"])


def _local_file(image: dict[str, Any]) -> str:
    """Where this server has the picture of an image block, or "" if it lies elsewhere: nothing is fetched."""
    file = image.get("slack_file", {})
    if "id" in file:
        return f"/files-pri/T-{file['id']}/image"
    path = urlsplit(file.get("url") or image.get("image_url", "")).path
    return path if path.startswith("/files-pri/") else ""


def _safe_colour(colour: str) -> Markup:
    """A colour as #rrggbb, whatever was sent."""
    return Markup(colour if re.fullmatch(r"#[0-9a-fA-F]{6}", colour) else "#8a8f98")  # noqa: S704 - only hex digits pass

"""Incidents as a list to search and narrow down, and the story of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from babel.dates import get_day_names
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from toban.clients.insights.incidents import (
    KINDS,
    ORDERS,
    Story,
    Wanted,
    count_incidents,
    read_incidents,
    read_story,
)
from toban.domain.language import Language
from toban.domain.runbooks.nouns import AlertText
from toban.errors import UsageError
from toban.locale import language
from toban.web.insights.csv_files import rows_answer
from toban.web.insights.desk import Desk
from toban.web.insights.incident_parts import add_parts, found_or_404
from toban.web.insights.incident_sheets import incidents_sheet
from toban.web.insights.pages import render
from toban.web.insights.pictures import sheet_png
from toban.web.insights.reading import ReadAlert, read_panel
from toban.web.insights.scope import scope
from toban.web.insights.sections import Section
from toban.web.insights.speaking import language_code
from toban.web.insights.timeline import timeline
from toban.web.insights.visitors import visitor_of

PAGE = 50
MOST_ROWS = 100_000  # of a download
LONGEST_SEARCH, LONGEST_NAME = 200, 2_000


@dataclass(frozen=True)
class RunbookLink:
    """The runbook of an alert, and ``why``; ``url`` is None where nobody said where runbooks are read.

    ``guess``: no person's rule names it, it was found by its text.
    """

    id: str
    title: str
    first_step: str
    url: str | None
    why: str = ""
    guess: bool = False


# The runbook that an alert's text leads to, in that language; the address of a message in Slack.
FindRunbook = Callable[[AlertText, str], RunbookLink | None]
Permalink = Callable[[str, str], str]


def section(desk: Desk, find_runbook: FindRunbook, permalink: Permalink, read_alert: ReadAlert) -> Section:
    """The pages /incidents and /incidents/<id>."""
    routes = APIRouter()

    @routes.get("/incidents")
    def listed(request: Request) -> Response:
        wanted, page = _wanted(request, desk), _number(request, "page", range(1, 100_000)) or 1
        say = language(language_code(request))
        with desk.read(request) as snapshot:
            rows = read_incidents(snapshot, wanted, PAGE, (page - 1) * PAGE)
            number = count_incidents(snapshot, wanted)
        return render(
            request,
            "incidents.html",
            filters=desk.filters(request),
            choices=desk.choices(request),
            snapshot=snapshot,
            wanted=wanted,
            kinds=kinds(say),
            orders=orders(say),
            rows=rows,
            number=number,
            page=page,
            pages=max(1, -(-number // PAGE)),
        )

    @routes.get("/incidents.csv")
    def download(request: Request) -> Response:
        with desk.read(request) as snapshot:
            rows = read_incidents(snapshot, _wanted(request, desk), MOST_ROWS)
        return rows_answer("incidents", rows)

    @routes.get("/incidents.png")
    def picture(request: Request) -> Response:
        wanted, filters, say = _wanted(request, desk), desk.filters(request), language(language_code(request))
        with desk.read(request) as snapshot:
            rows, number = read_incidents(snapshot, wanted, PAGE), count_incidents(snapshot, wanted)
        beside = scope(filters, desk.choices(request), say, *_narrowed(wanted, say))
        return sheet_png("incidents", incidents_sheet(rows, number, beside, filters.zone, say), say)

    @routes.get("/incidents/{incident_id}")
    def story(request: Request, incident_id: str) -> Response:
        sees_persons, say = visitor_of(request).sees_persons, language(language_code(request))
        filters = desk.filters(request)
        with desk.snapshots.read(restricted=sees_persons) as snapshot:
            found = found_or_404(read_story(snapshot, incident_id, restricted=sees_persons))
            panel = read_panel(snapshot, found.facts, read_alert, desk.now(), say, filters.zone)
        return render(
            request,
            "incident.html",
            filters=filters,
            snapshot=snapshot,
            story=found,
            entries=timeline(found.entries, found.facts["created_at"], filters.zone, say),
            pagerduty=_web_address(found.facts["html_url"]),
            runbook=find_runbook(_alert_text(found), say.code),
            panel=panel,
        )

    @routes.get("/incidents/{incident_id}/thread")
    def thread(incident_id: str) -> Response:
        with desk.snapshots.read() as snapshot:
            found = found_or_404(read_story(snapshot, incident_id, restricted=False))
        address = _web_address(permalink(*found.thread)) if found.thread else None
        if address is None:
            raise HTTPException(404)
        return RedirectResponse(address, 303)

    add_parts(routes, desk)
    return Section("/incidents", routes, lambda say: say.text("Incidents"))


def kinds(say: Language) -> Mapping[str, str]:
    """What the list can be narrowed to, in words."""
    return {
        "acknowledged": say.text("acknowledged"),
        "unacknowledged": say.text("not acknowledged"),
        "resolved": say.text("resolved"),
        "open": say.text("open"),
        "escalated": say.text("escalated unanswered"),
        "by_hand": say.text("escalated by a person"),
        "reassigned": say.text("given to others"),
        "automatic": say.text("resolved by itself"),
        "interrupting": say.text("interrupted somebody"),
        "sleep": say.text("woke somebody"),
        "never_acknowledged": say.text("ended without acknowledgement"),
        "reopened": say.text("reopened"),
    }


def orders(say: Language) -> Mapping[str, str]:
    """How the list can be sorted, in words."""
    return {
        "newest": say.text("newest first"),
        "acknowledge": say.text("slowest acknowledged first"),
        "resolve": say.text("longest first"),
        "interruptions": say.text("most interruptions first"),
    }


def _narrowed(wanted: Wanted, say: Language) -> list[str]:
    """What narrows the list down beside the filters of every page, in words."""
    weekday = get_day_names("wide", locale=say.code)[wanted.weekday - 1] if wanted.weekday else None
    hour = None if wanted.hour is None else f"{wanted.hour}:00–{wanted.hour}:59"
    kind = kinds(say)[wanted.kind] if wanted.kind else None
    return [each for each in (kind, weekday, hour, wanted.search) if each]


def _wanted(request: Request, desk: Desk) -> Wanted:
    given = request.query_params
    kind, order, search = given.get("only") or None, given.get("sort") or "newest", given.get("q", "").strip()
    if (kind and kind not in KINDS) or order not in ORDERS or len(search) > LONGEST_SEARCH:
        raise UsageError(f"only = {kind!r}, sort = {order!r} or the search cannot be read.")
    return Wanted(
        desk.filters(request).choice,
        kind=kind,
        weekday=_number(request, "weekday", range(1, 8)),
        hour=_number(request, "hour", range(24)),
        search=search or None,
        uncounted=given.get("uncounted") == "1",
        order=order,
        template=_text(request, "template"),
        runbook=_text(request, "runbook"),
    )


def _text(request: Request, name: str) -> str | None:
    text = request.query_params.get(name) or None
    if text and len(text) > LONGEST_NAME:
        raise UsageError(f"{name} has more than {LONGEST_NAME} characters.")
    return text


def _number(request: Request, name: str, allowed: range) -> int | None:
    text = request.query_params.get(name)
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and int(text) in allowed):
        raise UsageError(f"{name} = {text[:20]!r} is no number from {allowed[0]} to {allowed[-1]}.")
    return int(text)


def _web_address(text: str | None) -> str | None:
    """An address that a browser may be led to: what PagerDuty and Slack say is looked at first."""
    try:
        return text if text and urlsplit(text).scheme in {"http", "https"} else None
    except ValueError:
        return None


def _alert_text(story: Story) -> AlertText:
    facts: Mapping[str, Any] = story.facts
    first = story.alerts[0] if story.alerts else {}
    return AlertText(
        title=facts["title"] or "",
        service_id=facts["service_id"],
        service_name=facts["service"],
        tool=facts["monitoring_tool"],
        severity=first.get("severity"),
    )

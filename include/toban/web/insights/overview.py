"""The first page: the figures of a period, how they moved, and when things happen."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from babel.dates import get_day_names
from fastapi import APIRouter, Request, Response

from toban.clients.insights.overview import LOAD, Overview, read_hours, read_overview
from toban.clients.insights.uptime import Uptime, read_uptime
from toban.clients.warehouse import Snapshot, measured
from toban.domain.insights.buckets import buckets, last_day
from toban.domain.language import Language
from toban.locale import language
from toban.settings import ReportingSettings
from toban.web.insights.addresses import there
from toban.web.insights.cards import cards, share_or_dash
from toban.web.insights.csv_files import csv_answer, rows_answer
from toban.web.insights.definitions import definitions
from toban.web.insights.desk import Desk
from toban.web.insights.drawing import heat
from toban.web.insights.drawing.trend import NARROW, WIDE, Mark, Point, ticks_of, trend
from toban.web.insights.filters import Filters
from toban.web.insights.moments import short_day
from toban.web.insights.pages import render
from toban.web.insights.pictures import chart_png, sheet_png
from toban.web.insights.scope import scope
from toban.web.insights.sections import Section
from toban.web.insights.sheets import Sheet, cells, headings
from toban.web.insights.speaking import language_code

Row = Mapping[str, Any]
SPREAD = ("mean", "p50", "p90")


def section(desk: Desk) -> Section:
    """The page / and its downloads."""
    routes = APIRouter()
    week_start = desk.settings.reporting.week_start

    @routes.get("/")
    def page(request: Request) -> Response:
        filters, say = desk.filters(request), language(language_code(request))
        with desk.read(request) as snapshot:
            found = read_overview(snapshot, filters.choice, filters.before, filters.unit, week_start)
            up = _uptime(snapshot, filters, week_start)
            compared = filters.before if found.before else None
            up_before = read_uptime(snapshot, compared) if compared else None
        rows = _every_bucket(found, filters, week_start, up)
        return render(
            request,
            "overview.html",
            filters=filters,
            choices=desk.choices(request),
            snapshot=snapshot,
            cards=cards(found, (up, up_before), rows, say),
            compared=compared,
            has_nothing_before=bool(filters.before and found.before is None),
            definitions=definitions(say),
            charts=[_chart(request, desk, filters, rows, key, say) for key in ("mtta", "mttr")],
            hours=_hours(found, say),
            left_out=found.left_out,
            unit_name=unit_name(filters, say),
            share_or_dash=lambda share: share_or_dash(share, say),
            rows=[{**row, "url": _incidents_of(request, filters, row["bucket"])} for row in rows],
        )

    @routes.get("/trend.csv")
    def trend_csv(request: Request) -> Response:
        filters = desk.filters(request)
        with desk.read(request) as snapshot:
            rows = measured(snapshot, filters.choice, (filters.unit,), week_start, LOAD)
            up = _uptime(snapshot, filters, week_start)
        told = [row | {"uptime": up.by_day.get(row["bucket"]) if up else None} for row in rows]
        return rows_answer("trend", told, ["bucket"])

    @routes.get("/trend.png")
    def trend_png(request: Request, of: Literal["mtta", "mttr", "figures"] = "mtta") -> Response:
        filters, say = desk.filters(request), language(language_code(request))
        with desk.read(request) as snapshot:
            found = read_overview(snapshot, filters.choice, None, filters.unit, week_start)
            up = _uptime(snapshot, filters, week_start)
            beside = scope(filters, desk.choices(request), say)
        rows = _every_bucket(found, filters, week_start, up)
        if of == "figures":
            return sheet_png("figures", _figures(rows, filters, beside, say), say)
        chart = _chart(request, desk, filters, rows, of, say)
        lines = (say.text("mean"), say.text("median"), "p90")
        return chart_png(of, chart["wide"], chart["title"], beside=beside, lines=lines)

    @routes.get("/hours.csv")
    def hours_csv(request: Request) -> Response:
        with desk.read(request) as snapshot:
            found = read_hours(snapshot, desk.filters(request).choice)
        return csv_answer("hours", ["weekday", "hour", "incidents"], [[*key, n] for key, n in found.items()])

    @routes.get("/hours.png")
    def hours_png(request: Request) -> Response:
        filters, say = desk.filters(request), language(language_code(request))
        with desk.read(request) as snapshot:
            found = read_hours(snapshot, filters.choice)
            beside = scope(filters, desk.choices(request), say)
        drawing = heat.heat(_weekdays(say), found)
        return chart_png("hours", drawing, say.text("When incidents begin"), beside=beside)

    return Section("/", routes, lambda say: say.text("Overview"))


def _uptime(snapshot: Snapshot, filters: Filters, week_start: str) -> Uptime | None:
    """Of the period, also by bucket."""
    days = buckets(filters.period.since, filters.period.until, filters.unit, week_start)
    return read_uptime(snapshot, filters.choice, days)


def _every_bucket(found: Overview, filters: Filters, week_start: str, up: Uptime | None) -> list[Row]:
    """The measures of each bucket of the period, also of those in which nothing began."""
    known = {row["bucket"]: row for row in found.buckets}
    nothing = dict.fromkeys(found.now)
    days = buckets(filters.period.since, filters.period.until, filters.unit, week_start)
    return [
        (known.get(day) or {**nothing, "bucket": day, "incidents": 0})
        | {"uptime": up.by_day.get(day) if up else None}
        for day in days
    ]


def _figures(rows: Sequence[Row], filters: Filters, beside: str, say: Language) -> Sheet:
    """The table below the charts, the newest first."""
    spread = [
        f"{name}, {kind}"
        for name in ("MTTA", "MTTR")
        for kind in (say.text("mean"), say.text("median"), "p90")
    ]
    labels = (
        unit_name(filters, say), say.text("Incidents"), *spread,
        say.text("Interruptions"), say.text("Escalated"), say.text("Uptime"),
    )  # fmt: skip
    return Sheet(
        say.text("Over time"),
        headings(labels, range(1, len(labels))),
        [
            cells(
                str(row["bucket"]),
                say.number(row["incidents"]),
                *(say.duration(row[f"{key}_{kind}_s"]) for key in ("mtta", "mttr") for kind in SPREAD),
                say.number(row["interruptions"] or 0),
                say.number(row["escalated_by_timeout"] or 0),
                share_or_dash(row["uptime"], say),
            )
            for row in reversed(rows)
        ],
        beside,
    )


def unit_name(filters: Filters, say: Language) -> str:
    """What a bucket is."""
    units = {"day": say.text("Day"), "week": say.text("Week of"), "month": say.text("Month of")}
    return units[filters.unit]


def _chart(
    request: Request, desk: Desk, filters: Filters, rows: Sequence[Row], key: str, say: Language
) -> dict[str, Any]:
    points = [_point(request, filters, row, key, say) for row in rows]
    marks = _marks(desk.settings.reporting, say)
    title = definitions(say)[key].title
    spelled = [say.duration(tick) for tick in ticks_of(points)]
    return {
        "key": key,
        "title": title,
        "wide": trend(points, marks, filters.period.until, spelled, title, WIDE),
        "narrow": trend(points, marks, filters.period.until, spelled, title, NARROW),
    }


def _marks(reporting: ReportingSettings, say: Language) -> list[Mark]:
    own = [
        Mark(each.day, each.label_ja if say.code == "ja" and each.label_ja else each.label)
        for each in reporting.markers
    ]
    since = reporting.improvements_since
    return [Mark(since, say.text("announcements began")), *own] if since else own


def _point(request: Request, filters: Filters, row: Row, key: str, say: Language) -> Point:
    first: date = row["bucket"]
    values = [row[f"{key}_{name}_s"] for name in SPREAD]
    mean, median, p90 = (say.duration(value) for value in values)
    tip = say.text(
        "{day}: mean {mean}, median {median}, p90 {p90}; {n} incidents",
        day=bucket_name(first, filters, say),
        mean=mean,
        median=median,
        p90=p90,
        n=say.number(row["incidents"]),
    )
    return Point(
        first, values, row["incidents"], short_day(first, say), tip, _incidents_of(request, filters, first)
    )


def _incidents_of(request: Request, filters: Filters, first: date) -> str:
    """The address of a bucket's incidents, as far as they lie in the period."""
    days = {
        "period": None,
        "since": max(first, filters.period.since).isoformat(),
        "until": min(last_day(first, filters.unit), filters.period.until).isoformat(),
    }
    return there(request, "/incidents", days)


def bucket_name(first: date, filters: Filters, say: Language) -> str:
    """A bucket in words: its day, or its first and last day."""
    if filters.unit == "day":
        return say.day(first)
    return say.text("{first} – {last}", first=say.day(first), last=say.day(last_day(first, filters.unit)))


def _hours(found: Overview, say: Language) -> list[dict[str, Any]]:
    """The rows of the heat map: a weekday and its 24 hours."""
    names = _weekdays(say)
    most = max(found.hours.values(), default=0)
    return [
        {
            "weekday": weekday,
            "name": names[weekday - 1],
            "cells": [_cell(hour, found.hours.get((weekday, hour), 0), most) for hour in range(24)],
        }
        for weekday in range(1, 8)
    ]


def _weekdays(say: Language) -> list[str]:
    """Short names, Monday first."""
    names = get_day_names("abbreviated", locale=say.code)
    return [names[place] for place in range(7)]


def _cell(hour: int, n: int, most: int) -> dict[str, int]:
    return {"hour": hour, "n": n, "shade": heat.shade(n, most)}

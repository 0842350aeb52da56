"""Runbook coverage: what fired without one, which deserve a look, and how often triage was right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Protocol

from fastapi import APIRouter, Request, Response

from toban.clients.insights.fired import read_chosen_alerts
from toban.clients.insights.readings import read_precision
from toban.clients.warehouse import Snapshot
from toban.domain.runbooks.coverage import Fired, Gap, GapKind, gaps
from toban.domain.runbooks.nouns import AlertText, RunbookMatch, RunbookShelf
from toban.domain.runbooks.search.memory import Confirmed
from toban.errors import UsageError
from toban.locale import language
from toban.web.insights.columns import Column, sorted_by
from toban.web.insights.csv_files import csv_answer
from toban.web.insights.desk import Desk
from toban.web.insights.pages import render
from toban.web.insights.pictures import sheet_png
from toban.web.insights.runbook_cards import WEEKS, Coverage, runbook_cards
from toban.web.insights.runbook_sheets import NUMBERS, TONES, gap_columns, gaps_sheet, kind_names, weeks_sheet
from toban.web.insights.scope import scope
from toban.web.insights.sections import Section
from toban.web.insights.speaking import language_code

SHOWN = 300  # rows of the table; the download has all
NAMES = tuple(field.name for field in fields(Gap))
Row = Mapping[str, Any]


class Runbooks(Protocol):
    """The runbooks as they are now, and what people said of them."""

    def shelf(self) -> RunbookShelf:
        """Those with people's rules."""

    def matcher(self) -> Callable[[AlertText], Sequence[RunbookMatch]]:
        """What those rules give for an alert."""

    def said(self, now: datetime) -> list[Confirmed]:
        """All opinions that are remembered."""


def section(desk: Desk, runbooks: Runbooks) -> Section:
    """The page /runbooks."""
    routes = APIRouter()

    def measured(request: Request, snapshot: Snapshot) -> Coverage:
        now = desk.now()
        fired = read_chosen_alerts(snapshot, desk.filters(request).choice)
        stale_after = desk.settings.runbooks.stale_after_days
        found = gaps(
            runbooks.shelf().runbooks,
            fired,
            runbooks.said(now),
            now.date(),
            stale_after,
            runbooks.matcher(),
        )
        return _coverage(found, fired)

    @routes.get("/runbooks")
    def page(request: Request) -> Response:
        say = language(language_code(request))
        columns, chosen = gap_columns(say), _kind(request)
        with desk.read(request) as snapshot:
            found, weeks = measured(request, snapshot), read_precision(snapshot)[-WEEKS:]
        rows = _rows(found.gaps, chosen)
        column, largest_first = _order(request, columns)
        return render(
            request,
            "runbooks.html",
            filters=desk.filters(request),
            choices=desk.choices(request),
            snapshot=snapshot,
            cards=runbook_cards(found, weeks, say),
            kinds=kind_names(say),
            counts={kind: sum(gap.kind is kind for gap in found.gaps) for kind in GapKind},
            chosen=chosen,
            tones=TONES,
            columns=columns,
            numbers=NUMBERS,
            rows=_sorted(rows, column, largest_first=largest_first)[:SHOWN],
            number=len(rows),
            sort=column.key if column else "",
            largest_first=largest_first,
            weeks=weeks_sheet(weeks, say),
        )

    @routes.get("/runbooks.csv")
    def download(request: Request) -> Response:
        with desk.read(request) as snapshot:
            found = measured(request, snapshot)
        rows = _rows(found.gaps, _kind(request))
        return csv_answer("runbooks", NAMES, [[_flat(row[name]) for name in NAMES] for row in rows])

    @routes.get("/runbooks.png")
    def picture(request: Request) -> Response:
        say, filters = language(language_code(request)), desk.filters(request)
        with desk.read(request) as snapshot:
            rows = _rows(measured(request, snapshot).gaps, _kind(request))
        column, largest_first = _order(request, gap_columns(say))
        shown = _sorted(rows, column, largest_first=largest_first)
        beside = scope(filters, desk.choices(request), say)
        return sheet_png("runbooks", gaps_sheet(shown, beside, say), say)

    @routes.get("/runbooks/weeks.csv")
    def weeks_download() -> Response:
        with desk.snapshots.read() as snapshot:
            weeks = read_precision(snapshot)
        return csv_answer(
            "triage-weeks", list(weeks[0]) if weeks else [], [list(row.values()) for row in weeks]
        )

    @routes.get("/runbooks/weeks.png")
    def weeks_picture(request: Request) -> Response:
        say = language(language_code(request))
        with desk.snapshots.read() as snapshot:
            weeks = read_precision(snapshot)
        return sheet_png("triage-weeks", weeks_sheet(weeks, say), say)

    return Section("/runbooks", routes, lambda say: say.text("Runbook coverage"))


def _coverage(found: Sequence[Gap], fired: Sequence[Fired]) -> Coverage:
    incidents = sum(each.incidents for each in fired)
    missing = sum(gap.incidents for gap in found if gap.kind is GapKind.MISSING)
    return Coverage(found, incidents, incidents - missing)


def _kind(request: Request) -> GapKind | None:
    given = request.query_params.get("gap") or None
    if given is None:
        return None
    if given not in set(GapKind):
        raise UsageError(f"gap = {given!r} is none of {', '.join(GapKind)}.")
    return GapKind(given)


def _rows(found: Sequence[Gap], kind: GapKind | None) -> list[Row]:
    return [asdict(gap) for gap in found if kind in (None, gap.kind)]


def _order(request: Request, columns: Sequence[Column]) -> tuple[Column | None, bool]:
    """None where nobody asked: then by kind, and within one by calls at night."""
    given = request.query_params.get("sort")
    if not given:
        return None, False
    for column in columns:
        if column.key == given.removeprefix("-"):
            return column, given.startswith("-")
    raise UsageError(f"sort = {given!r} is no column of this table.")


def _sorted(rows: Sequence[Row], column: Column | None, *, largest_first: bool) -> Sequence[Row]:
    return sorted_by(rows, column, largest_first=largest_first) if column else rows


def _flat(value: Any) -> Any:
    return "; ".join(value) if isinstance(value, tuple) else value

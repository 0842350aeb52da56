"""Runbook coverage: what fired without one, which deserve a look, and how often triage was right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Protocol

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from toban.clients.insights.fired import read_chosen_alerts
from toban.clients.insights.overview import read_choices
from toban.clients.insights.readings import read_precision
from toban.clients.warehouse import Snapshot
from toban.domain.language import Language
from toban.domain.runbooks.coverage import Fired, Gap, GapKind, gaps
from toban.domain.runbooks.nouns import AlertText, RunbookMatch, RunbookShelf
from toban.domain.runbooks.search.memory import Confirmed
from toban.errors import UsageError
from toban.locale import language
from toban.web.insights.columns import Column, sorted_by
from toban.web.insights.csv_files import csv_answer
from toban.web.insights.desk import Desk
from toban.web.insights.drawing import spark
from toban.web.insights.pages import render
from toban.web.insights.sections import Section
from toban.web.insights.speaking import language_code

ENOUGH = 10  # of fewer a percentage claims more than is known
SHOWN = 300  # rows of the table; the download has all
WEEKS = 26  # of the table and the small charts
TONES = {GapKind.MISSING: "bad", GapKind.WRONG: "bad", GapKind.STALE: "warn", GapKind.UNUSED: ""}
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


@dataclass(frozen=True)
class Card:
    """A share with the numbers it rests on, and its course by week."""

    title: str
    figure: str
    beside: str
    spark: Markup


@dataclass(frozen=True)
class Coverage:
    """All gaps among the chosen incidents, and how many of these had a runbook by a rule."""

    gaps: Sequence[Gap]
    incidents: int
    covered: int


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
        columns, chosen = _columns(say), _kind(request)
        with desk.snapshots.read() as snapshot:
            found, choices = measured(request, snapshot), read_choices(snapshot)
            weeks = read_precision(snapshot)[-WEEKS:]
        rows = _rows(found.gaps, chosen)
        column, largest_first = _order(request, columns)
        shown = sorted_by(rows, column, largest_first=largest_first) if column else rows
        return render(
            request,
            "runbooks.html",
            filters=desk.filters(request),
            choices=choices,
            snapshot=snapshot,
            cards=_cards(found, weeks, say),
            kinds=kind_names(say),
            counts={kind: sum(gap.kind is kind for gap in found.gaps) for kind in GapKind},
            chosen=chosen,
            tones=TONES,
            columns=columns,
            rows=shown[:SHOWN],
            number=len(rows),
            sort=column.key if column else "",
            largest_first=largest_first,
            weeks=list(reversed(weeks)),
        )

    @routes.get("/runbooks.csv")
    def download(request: Request) -> Response:
        with desk.snapshots.read() as snapshot:
            found = measured(request, snapshot)
        rows = _rows(found.gaps, _kind(request))
        return csv_answer("runbooks", NAMES, [[_flat(row[name]) for name in NAMES] for row in rows])

    @routes.get("/runbooks/weeks.csv")
    def weeks_download() -> Response:
        with desk.snapshots.read() as snapshot:
            weeks = read_precision(snapshot)
        return csv_answer(
            "triage-weeks", list(weeks[0]) if weeks else [], [list(row.values()) for row in weeks]
        )

    return Section("/runbooks", routes, lambda say: say.text("Runbook coverage"))


def kind_names(say: Language) -> Mapping[GapKind, str]:
    """What is amiss, in words."""
    return {
        GapKind.MISSING: say.text("no runbook"),
        GapKind.WRONG: say.text("judged wrong"),
        GapKind.STALE: say.text("stale"),
        GapKind.UNUSED: say.text("never used"),
    }


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


def _columns(say: Language) -> list[Column]:
    names = kind_names(say)

    def column(key: str, label: str, shown: Callable[[Any], str] = say.number) -> Column:
        return Column(key, label, lambda row: row[key], shown)

    return [
        column("name", say.text("Alert or runbook"), str),
        Column(
            "kind",
            say.text("What is amiss"),
            lambda row: list(GapKind).index(row["kind"]),
            lambda at: names[list(GapKind)[at]],
        ),
        column("services", say.text("Services"), lambda value: say.text(", ").join(value) or "–"),
        column("incidents", say.text("Incidents")),
        column("night_calls", say.text("Calls at night")),
        column("helped", say.text("Helped")),
        column("wrong", say.text("Wrong")),
        column("reviewed", say.text("Reviewed"), lambda value: str(value or "–")),
    ]


def _order(request: Request, columns: Sequence[Column]) -> tuple[Column | None, bool]:
    """None where nobody asked: then by kind, and within one by calls at night."""
    given = request.query_params.get("sort")
    if not given:
        return None, False
    for column in columns:
        if column.key == given.removeprefix("-"):
            return column, given.startswith("-")
    raise UsageError(f"sort = {given!r} is no column of this table.")


def _cards(found: Coverage, weeks: Sequence[Row], say: Language) -> list[Card]:
    covered = Card(
        say.text("Incidents with a runbook by a rule"),
        _share(found.covered, found.incidents, say),
        say.text("{n} of {of} in this period", n=say.number(found.covered), of=say.number(found.incidents)),
        Markup(""),
    )
    return [
        covered,
        _held(say.text("“Resolves by itself” was right"), weeks, "by_itself_right", "by_itself_wrong", say),
        _held(say.text("“Needs action” was right"), weeks, "needs_action_right", "needs_action_wrong", say),
        _held(say.text("The runbook helped"), weeks, "runbooks_helped", "runbooks_wrong", say),
    ]


def _held(title: str, weeks: Sequence[Row], right: str, wrong: str, say: Language) -> Card:
    good, bad = (sum(week[name] for week in weeks) for name in (right, wrong))
    course = [
        week[right] / (week[right] + week[wrong]) if week[right] + week[wrong] else None for week in weeks
    ]
    beside = say.text(
        "{n} of {of} in the last {weeks} weeks", n=say.number(good), of=say.number(good + bad), weeks=WEEKS
    )
    return Card(title, _share(good, good + bad, say), beside, spark.line(course))


def _share(part: int, whole: int, say: Language) -> str:
    """A percentage where it rests on enough, else the numbers themselves."""
    if not whole:
        return "–"
    return say.percent(part / whole) if whole >= ENOUGH else f"{part} / {whole}"


def _flat(value: Any) -> Any:
    return "; ".join(value) if isinstance(value, tuple) else value

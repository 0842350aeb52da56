"""Who is on call now, and the coming four weeks with their gaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, HTTPException, Request, Response
from markupsafe import Markup

from toban.clients.insights.duty import Duty, Policy, read_duty
from toban.clients.insights.overview import read_choices
from toban.domain.language import Language
from toban.domain.local_time import midnight
from toban.domain.shifts import Shift, gaps, merged, next_on_duty, on_duty, on_level
from toban.domain.spans import Span
from toban.locale import language
from toban.web.insights.csv_files import csv_answer
from toban.web.insights.desk import Desk
from toban.web.insights.drawing.calendar import COLOURS, Bar, DayMark, Line, calendar
from toban.web.insights.moments import when
from toban.web.insights.pages import render
from toban.web.insights.pictures import chart_png, sheet_png
from toban.web.insights.sections import Section
from toban.web.insights.sheets import Cell, Sheet, cells, headings
from toban.web.insights.speaking import language_code

DAYS = 28
SATURDAY = 5


@dataclass(frozen=True)
class Stretch:
    """A shift or, with ``person`` None, a gap, cut to the window; or an override, which a shift has in it."""

    level: int
    person: str | None
    schedule: str | None
    span: Span
    override: bool = False


@dataclass(frozen=True)
class Level:
    """Who is on call now, until when, and who follows."""

    number: int
    now: Sequence[Shift]
    following: Sequence[Shift]


def section(desk: Desk) -> Section:
    """The page /on-call."""
    routes = APIRouter()

    @routes.get("/on-call")
    def page(request: Request) -> Response:
        filters, say, now = desk.filters(request), language(language_code(request)), desk.now()
        window = _window(now, filters.zone)
        with desk.snapshots.read() as snapshot:
            duty, choices = read_duty(snapshot, window), read_choices(snapshot)
        wanted = _wanted(duty, filters.chosen("policy"), filters.chosen("team"))
        stretches = {policy.id: _stretches(policy, duty, window) for policy in wanted}
        return render(
            request,
            "oncall.html",
            filters=filters,
            choices=choices,
            snapshot=snapshot,
            policies=wanted,
            levels={policy.id: _levels(policy, duty, now) for policy in wanted},
            shifts={each.id: _sheet(each, stretches[each.id], window, filters.zone, say) for each in wanted},
            drawn={
                each.id: _drawn(each, stretches[each.id], now, window, filters.zone, say) for each in wanted
            },
            gaps=sum(each.person is None for found in stretches.values() for each in found),
            window=window,
        )

    @routes.get("/on-call.csv")
    def download(request: Request) -> Response:
        filters = desk.filters(request)
        window = _window(desk.now(), filters.zone)
        with desk.snapshots.read() as snapshot:
            duty = read_duty(snapshot, window)
        wanted = _wanted(duty, filters.chosen("policy"), filters.chosen("team"))
        names = ["escalation_policy", "level", "person", "schedule", "start", "end", "override"]
        return csv_answer("on-call", names, [row for policy in wanted for row in _rows(policy, duty, window)])

    @routes.get("/on-call.png")
    def picture(request: Request, of: str, table: Literal["calendar", "shifts"] = "calendar") -> Response:
        filters, say, now = desk.filters(request), language(language_code(request)), desk.now()
        window = _window(now, filters.zone)
        with desk.snapshots.read() as snapshot:
            duty = read_duty(snapshot, window)
        policy = next((each for each in duty.policies if each.id == of), None)
        if policy is None:
            raise HTTPException(404)
        stretches = _stretches(policy, duty, window)
        if table == "shifts":
            return sheet_png("shifts", _sheet(policy, stretches, window, filters.zone, say), say)
        drawing = _drawn(policy, stretches, now, window, filters.zone, say)
        return chart_png("on-call", drawing, policy.name, beside=_days(window, filters.zone))

    return Section("/on-call", routes, lambda say: say.text("On-call"))


def _window(now: datetime, zone: ZoneInfo) -> Span:
    """Four weeks of whole local days, from today."""
    today = now.astimezone(zone).date()
    return Span(midnight(today, zone), midnight(today + timedelta(days=DAYS), zone))


def _wanted(duty: Duty, policies: Sequence[str], teams: Sequence[str]) -> list[Policy]:
    return [
        policy
        for policy in duty.policies
        if (not policies or policy.id in policies) and (not teams or set(teams) & set(policy.team_ids))
    ]


def _levels(policy: Policy, duty: Duty, now: datetime) -> list[Level]:
    own = {number: on_level(duty.shifts, policy.id, number) for number in policy.levels}
    return [Level(number, on_duty(shifts, now), next_on_duty(shifts, now)) for number, shifts in own.items()]


def _stretches(policy: Policy, duty: Duty, window: Span) -> list[Stretch]:
    """Shifts and gaps of every level, in order; what was not read yet is no gap."""
    known = Span(window.start, min(window.end, duty.read_until or window.start))
    found = []
    for number in policy.levels:
        shifts = on_level(duty.shifts, policy.id, number)
        found += [
            Stretch(number, each.person.name, each.schedule_name, _cut(each.span, window))
            for each in merged(shifts)
        ]
        found += [Stretch(number, None, None, gap) for gap in gaps(shifts, known)]
    found += [
        Stretch(each.level, each.person, each.schedule, _cut(each.span, window), override=True)
        for each in duty.overrides
        if each.policy_id == policy.id
    ]
    return sorted(found, key=lambda each: (each.level, each.override, each.span.start, each.person or ""))


def _cut(span: Span, window: Span) -> Span:
    return Span(max(span.start, window.start), min(span.end, window.end))


def _rows(policy: Policy, duty: Duty, window: Span) -> list[list[Any]]:
    return [
        [policy.name, each.level, each.person, each.schedule, each.span.start, each.span.end, each.override]
        for each in _stretches(policy, duty, window)
    ]


def _drawn(
    policy: Policy, stretches: Sequence[Stretch], now: datetime, window: Span, zone: ZoneInfo, say: Language
) -> Markup:
    people = sorted({each.person for each in stretches if each.person})
    colours = {person: index % COLOURS for index, person in enumerate(people)}
    lines = [
        Line(
            "" if lane else say.text("Level {level}", level=number),
            [_bar(each, colours, zone, say) for each in row],
        )
        for number in policy.levels
        for lane, row in enumerate(
            _lanes([each for each in stretches if each.level == number and not each.override])
        )
    ]
    overrides = [each for each in stretches if each.override]
    lines += [
        Line("" if lane else say.text("Overrides"), [_bar(each, colours, zone, say) for each in row])
        for lane, row in enumerate(_lanes(overrides))
        if row
    ]
    first = window.start.astimezone(zone).date()
    days = [first + timedelta(days=n) for n in range(DAYS)]
    marks = [
        DayMark(midnight(day, zone), f"{day.month}/{day.day}" if n == 0 or day.day == 1 else str(day.day),
                day.weekday() >= SATURDAY)
        for n, day in enumerate(days)
    ]  # fmt: skip
    return calendar(window, marks, lines, now, policy.name)


def _sheet(
    policy: Policy, stretches: Sequence[Stretch], window: Span, zone: ZoneInfo, say: Language
) -> Sheet:
    """Shifts, gaps and overrides."""
    labels = (
        say.text("Level"), say.text("Person"), say.text("From"), say.text("To"), say.text("Schedule"),
    )  # fmt: skip
    rows = [
        cells(
            str(each.level),
            Cell(each.person, note=say.text("override") if each.override else "")
            if each.person
            else Cell(say.text("Nobody is on call"), "bad"),
            when(each.span.start, zone, say),
            when(each.span.end, zone, say),
            each.schedule or "–",
        )
        for each in stretches
    ]
    return Sheet(policy.name, headings(labels), rows, _days(window, zone))


def _days(window: Span, zone: ZoneInfo) -> str:
    last = window.end - timedelta(microseconds=1)
    return f"{window.start.astimezone(zone).date()} – {last.astimezone(zone).date()} ({zone.key})"


def _lanes(stretches: Sequence[Stretch]) -> list[list[Stretch]]:
    """As few rows as need be so that none lies upon another; at least one, as a level may be unknown yet."""
    lanes: list[list[Stretch]] = [[]]
    for each in stretches:
        free = next((lane for lane in lanes if not lane or lane[-1].span.end <= each.span.start), None)
        if free is None:
            lanes.append([each])
        else:
            free.append(each)
    return lanes


def _bar(stretch: Stretch, colours: Mapping[str, int], zone: ZoneInfo, say: Language) -> Bar:
    who = stretch.person or say.text("Nobody is on call")
    since, until = (when(moment, zone, say) for moment in (stretch.span.start, stretch.span.end))
    tip = say.text("{who}: {since} to {until}", who=who, since=since, until=until)
    return Bar(stretch.span, who, tip, colours[stretch.person] if stretch.person else None)

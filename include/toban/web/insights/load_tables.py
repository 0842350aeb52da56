"""The tables of on-call health: the team's measures, its weeks, its people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from toban.domain.health import labels
from toban.domain.health.hours import HourKind
from toban.domain.health.load import Load
from toban.domain.health.notes import own_sources
from toban.domain.health.nouns import Finding, Topic, Verdict
from toban.domain.health.report import HealthReport
from toban.domain.language import Language
from toban.web.insights.sheets import Cell, Sheet, cells, headings

TONES = {Verdict.WITHIN: "good", Verdict.BEYOND: "bad", Verdict.QUESTION: "warn"}


@dataclass(frozen=True)
class PersonRow:
    """A person's week, and what of it is beyond a limit or to be asked; ``load`` is None without a call."""

    name: str
    load: Load | None
    shifts: int | None
    per_shift: float | None
    issues: Sequence[Finding]
    expected: Sequence[float | None]


def people_of(report: HealthReport) -> list[PersonRow]:
    """Everybody who was called, stood by, is planned, or has something to be asked; by name."""
    shares = {share.person_id: share for share in report.shares}
    expected = {
        (one.person_id, place): one.total
        for place, week in enumerate(report.coming)
        for one in week.projections
    }
    issues = _issues(report)
    ids = {*report.loads, *shares, *(person for person, _ in expected), *issues}
    return [
        PersonRow(
            name=name,
            load=report.loads.get(person),
            shifts=shares[person].shifts if person in shares else None,
            per_shift=shares[person].per_shift if person in shares else None,
            issues=issues.get(person, ()),
            expected=[expected.get((person, place)) for place in range(len(report.coming))],
        )
        for name, person in sorted((report.names.get(each, each), each) for each in ids)
    ]


def _issues(report: HealthReport) -> Mapping[str, Sequence[Finding]]:
    found: dict[str, list[Finding]] = {}
    for one in report.of_people:
        if one.person_id and (one.is_beyond or one.verdict is Verdict.QUESTION):
            found.setdefault(one.person_id, []).append(one)
    return found


def team_sheet(report: HealthReport, zone: tzinfo, beside: str, say: Language) -> Sheet:
    """Each measure of the team beside its limit and the limit's source."""
    names = (
        say.text("Measure"), say.text("Value"), say.text("Limit"), say.text("Rests on"), say.text("Verdict"),
        say.text("Where the limit comes from"),
    )  # fmt: skip
    sources = own_sources(say)
    rows = [
        cells(
            Cell(labels.topic_name(one.topic, say), note=_span(one, report, zone, say)),
            labels.shown(one, one.value, say),
            labels.shown(one, one.threshold, say),
            say.number(one.n),
            Cell(labels.verdict_name(one.verdict, say), TONES.get(one.verdict, "")),
            Cell("", note=sources.get(one.source, one.source) if one.threshold is not None else ""),
        )
        for one in report.of_team
    ]
    return Sheet(say.text("The team"), headings(names, (1, 2, 3)), rows, beside)


def _span(one: Finding, report: HealthReport, zone: tzinfo, say: Language) -> str:
    if one.span is None:
        return ""
    if one.topic is Topic.PROJECTED_LOAD:
        return say.text("in the week from {day}", day=say.day(one.span.start.astimezone(zone).date()))
    return say.text("in the last {n} weeks", n=report.known_weeks)


def weeks_sheet(report: HealthReport, beside: str, say: Language) -> Sheet:
    """Calls by week, the newest first."""
    names = (
        say.text("Week from"), say.text("Business hours"), say.text("Evenings and weekends"),
        say.text("Night"), say.text("Interrupted nights"), say.text("Hours with a call"),
    )  # fmt: skip
    rows = [
        cells(
            Cell(say.day(week.start), note="" if week.covered else say.text("not wholly known")),
            *(
                say.number(week.load.by_kind[kind])
                for kind in (HourKind.BUSINESS, HourKind.OFF, HourKind.SLEEP)
            ),
            say.number(week.load.nights),
            say.number(week.load.hours),
        )
        for week in reversed(report.weeks)
    ]
    return Sheet(say.text("Calls by week"), headings(names, range(1, 6)), rows, beside)


def week_rows(report: HealthReport) -> list[dict[str, Any]]:
    """The same for programs, the oldest first."""
    return [
        {
            "week": week.start,
            "business_hours": week.load.by_kind[HourKind.BUSINESS],
            "off_hours": week.load.by_kind[HourKind.OFF],
            "sleep_hours": week.load.by_kind[HourKind.SLEEP],
            "nights": week.load.nights,
            "hours_with_a_call": week.load.hours,
            "covered": week.covered,
        }
        for week in report.weeks
    ]


def person_rows(report: HealthReport) -> list[dict[str, Any]]:
    """Each person's week for programs; a column for each week to come, with its first day."""
    return [
        {"person": one.name}
        | dict(zip(("calls", "sleep_hours", "nights", "hours_with_a_call"), _called(one), strict=True))
        | {"shifts": one.shifts, "load_per_shift": one.per_shift}
        | {f"expected_{week.start}": value for week, value in zip(report.coming, one.expected, strict=True)}
        for one in people_of(report)
    ]


def _called(one: PersonRow) -> tuple[int, int, int, int]:
    load = one.load
    return (load.total, load.by_kind[HourKind.SLEEP], load.nights, load.hours) if load else (0, 0, 0, 0)


def people_sheet(report: HealthReport, beside: str, say: Language) -> Sheet:
    """Each person's week, and what is expected of the weeks to come."""
    coming = [say.text("Expected from {day}", day=say.day(week.start)) for week in report.coming]
    names = (
        say.text("Person"), say.text("Calls in the week"), say.text("of them at night"),
        say.text("Interrupted nights"), say.text("Hours with a call"), say.text("Shifts"),
        say.text("Load per shift"), *coming, say.text("Beyond a limit, or to be asked"),
    )  # fmt: skip
    rows = [cells(*_person(one, say)) for one in people_of(report)]
    return Sheet(say.text("People"), headings(names, range(1, 7 + len(coming))), rows, beside)


def _person(one: PersonRow, say: Language) -> Sequence[str | Cell]:
    issues = [
        f"{labels.topic_name(each.topic, say)}: {labels.shown(each, each.value, say)}" for each in one.issues
    ]
    return (
        one.name,
        *(say.number(value) for value in _called(one)),
        "–" if one.shifts is None else say.number(one.shifts),
        *("–" if value is None else say.number(value, 1) for value in (one.per_shift, *one.expected)),
        Cell("; ".join(issues), "bad" if any(each.is_beyond for each in one.issues) else ""),
    )

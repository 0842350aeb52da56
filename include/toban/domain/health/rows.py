"""A report as rows, one a finding: all of it for programs, what fits a terminal for people."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from toban.domain.health.nouns import Finding
from toban.domain.health.report import HealthReport

COLUMNS = (
    "team", "week", "topic", "person_id", "person", "since", "until", "value", "n", "threshold", "verdict",
    "source",
)  # fmt: skip
SHOWN = ("topic", "person", "since", "until", "value", "n", "threshold", "verdict", "source")


def rows(report: HealthReport) -> list[tuple[Any, ...]]:
    """In the order of `COLUMNS`; the week by its first day, moments in UTC."""
    return [_row(report, finding) for finding in report.findings]


def shown(report: HealthReport) -> list[tuple[Any, ...]]:
    """In the order of `SHOWN`; moments on the team's clock, numbers with two decimals at most."""
    return [_short(report, finding) for finding in report.findings]


def _row(report: HealthReport, one: Finding) -> tuple[Any, ...]:
    since, until = (one.span.start, one.span.end) if one.span else (None, None)
    about = report.team_id, report.week.start, one.topic.value, one.person_id, _person(report, one)
    return (*about, since, until, one.value, one.n, one.threshold, one.verdict.value, one.source)


def _short(report: HealthReport, one: Finding) -> tuple[Any, ...]:
    values = _number(one.value), one.n, _number(one.threshold)
    about = one.topic.value, _person(report, one), *_clock_times(report, one)
    return (*about, *values, one.verdict.value, one.source)


def _person(report: HealthReport, one: Finding) -> str | None:
    return None if one.person_id is None else report.names.get(one.person_id, one.person_id)


def _clock_times(report: HealthReport, one: Finding) -> Iterator[str | None]:
    zone = ZoneInfo(report.time_zone)
    moments = (one.span.start, one.span.end) if one.span else (None, None)
    return (None if at is None else f"{at.astimezone(zone):%m-%d %H:%M}" for at in moments)


def _number(value: float | str | None) -> str | None:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, (int, float)) else value

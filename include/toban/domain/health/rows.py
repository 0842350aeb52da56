"""A report as rows: one a finding, stable, for programs."""

from typing import Any

from toban.domain.health.nouns import Finding
from toban.domain.health.report import HealthReport

COLUMNS = (
    "team", "week", "topic", "person_id", "person", "since", "until", "value", "n", "threshold", "verdict",
    "source",
)  # fmt: skip


def rows(report: HealthReport) -> list[tuple[Any, ...]]:
    """In the order of `COLUMNS`; the week by its first day, moments in UTC."""
    return [_row(report, finding) for finding in report.findings]


def _row(report: HealthReport, one: Finding) -> tuple[Any, ...]:
    person = None if one.person_id is None else report.names.get(one.person_id, one.person_id)
    since, until = (one.span.start, one.span.end) if one.span else (None, None)
    about = report.team_id, report.week.start, one.topic.value, one.person_id, person, since, until
    return (*about, one.value, one.n, one.threshold, one.verdict.value, one.source)

"""A team's findings as lines: its measures, and counts of what should not be."""

from collections.abc import Iterable

from toban.domain.health.nouns import Finding, Topic
from toban.domain.health.report import HealthReport
from toban.domain.health.words import amount, first_day
from toban.domain.language import Language
from toban.domain.report.phrases import signed_share


def lines(findings: Iterable[Finding], report: HealthReport, say: Language) -> list[str]:
    """A line each, without plain sums, what too little is known of, and counts of nobody and nothing."""
    measured = [one for one in findings if one.is_measured]
    coming = [one for one in measured if one.topic is Topic.PROJECTED_LOAD]
    texts = [(_measure(one, say) or _count(one, say), one.is_beyond) for one in measured]
    texts.append((_expected(coming, report, say), any(one.is_beyond for one in coming)))
    return [f":warning: {text}" if is_beyond else f"• {text}" for text, is_beyond in texts if text]


def _measure(one: Finding, say: Language) -> str | None:
    value, limit = float(one.value or 0), float(one.threshold or 0)
    plain = {"value": amount(value, say), "limit": amount(limit, say), "n": say.number(one.n)}
    even = {"value": say.number(value, 2), "limit": say.number(limit, 2)}
    part = {"value": say.percent(value, 1), "limit": say.percent(limit), "n": say.number(one.n)}
    change = {"value": signed_share(value, say), "limit": signed_share(limit, say), "n": say.number(one.n)}
    texts = {
        Topic.NIGHT_SHIFT_SHARE: say.text("Shifts with a night call: {value} of {n} (limit {limit})", **part),
        Topic.LOAD_GINI: say.text(
            "Unevenness of the load (Gini, 0 is even): {value} (limit {limit})", **even
        ),
        Topic.SHIFT_GINI: say.text(
            "Unevenness of the load per shift (Gini): {value} (limit {limit})", **even
        ),
        Topic.LOAD_MAX_TO_MEDIAN: say.text(
            "Highest load: {value} times the median of {n} people (limit {limit})", **plain
        ),
        Topic.SHIFT_MAX_TO_MEDIAN: say.text(
            "Highest load per shift: {value} times the median of {n} people (limit {limit})", **plain
        ),
        Topic.TREND: say.text(
            "Load against the mean of the {n} weeks before: {value} (limit {limit})", **change
        ),
    }
    return texts.get(one.topic)


def _count(one: Finding, say: Language) -> str | None:
    values = {"n": one.value, "of": one.n}
    texts = {
        Topic.PEOPLE_BEYOND_NIGHTS: say.text(
            "People with more interrupted nights than the limit: {n} of {of}", **values
        ),
        Topic.PEOPLE_BEYOND_HOURS: say.text(
            "People with more hours with a call than the limit: {n} of {of}", **values
        ),
        Topic.BUSY_SHIFTS: say.text("Shifts with more incidents than the limit: {n} of {of}", **values),
        Topic.NOTIFICATION_RULES: say.text(
            "People without notification rules, whom PagerDuty cannot ring: {n} of {of}", **values
        ),
        Topic.TIME_ZONE: say.text("People without a valid time zone: {n} of {of}", **values),
    }
    return texts.get(one.topic) if one.value else None


def _expected(coming: list[Finding], report: HealthReport, say: Language) -> str | None:
    if not coming:
        return None
    return say.text(
        "Calls expected in the weeks from {days}: {values} (limit {limits})",
        days=", ".join(first_day(one, report, say) for one in coming),
        values=" · ".join(say.number(float(one.value or 0)) for one in coming),
        limits=" · ".join(say.number(float(one.threshold or 0)) for one in coming),
    )

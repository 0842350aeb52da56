"""A team's findings as lines: its measures, and counts of what should not be."""

from collections.abc import Iterable

from toban.domain.health.nouns import Finding, Topic
from toban.domain.health.words import amount
from toban.domain.language import Language
from toban.domain.report.phrases import signed_share


def lines(findings: Iterable[Finding], say: Language) -> list[str]:
    """A line each, without plain sums, what too little is known of, and counts of nobody and nothing."""
    measured = [one for one in findings if one.is_measured]
    coming = [one for one in measured if one.topic is Topic.PROJECTED_LOAD]
    texts = [(_measure(one, say) or _count(one, say), one.is_beyond) for one in measured]
    texts.append((_expected(coming, say), any(one.is_beyond for one in coming)))
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


def _expected(coming: list[Finding], say: Language) -> str | None:
    """One figure a week; the limit once where it is the same in each."""
    if not coming:
        return None
    values = (say.number(float(one.value or 0)) for one in coming)
    limits = dict.fromkeys(say.number(float(one.threshold or 0)) for one in coming)
    return say.text(
        "Calls expected in the {n} weeks to come: {values} (limit {limits})",
        n=len(coming),
        values=" · ".join(values),
        limits=" · ".join(limits),
    )

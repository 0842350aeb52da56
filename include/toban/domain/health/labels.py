"""What each measure is called, and its values, where there is room for a table."""

from toban.domain.health.nouns import Finding, Topic, Verdict
from toban.domain.health.words import amount
from toban.domain.language import Language
from toban.domain.report.phrases import signed_share

SHARES = {Topic.NIGHT_SHIFT_SHARE}
EVENNESS = {Topic.LOAD_GINI, Topic.SHIFT_GINI}


def topic_name(topic: Topic, say: Language) -> str:
    """The measure."""
    return {
        Topic.BUSINESS_INTERRUPTIONS: say.text("Calls in business hours"),
        Topic.OFF_INTERRUPTIONS: say.text("Calls in evenings and at weekends"),
        Topic.SLEEP_INTERRUPTIONS: say.text("Calls at night"),
        Topic.NIGHTS: say.text("Interrupted nights"),
        Topic.INTERRUPTED_HOURS: say.text("Hours with a call"),
        Topic.PEOPLE_BEYOND_NIGHTS: say.text("People beyond the limit of nights"),
        Topic.PEOPLE_BEYOND_HOURS: say.text("People beyond the limit of hours"),
        Topic.INCIDENTS_PER_SHIFT: say.text("Incidents per shift"),
        Topic.BUSY_SHIFTS: say.text("Shifts beyond the limit of incidents"),
        Topic.NIGHT_SHIFT_SHARE: say.text("Share of shifts with a night call"),
        Topic.LOAD_GINI: say.text("Unevenness of the load (Gini)"),
        Topic.LOAD_MAX_TO_MEDIAN: say.text("Highest load, in medians"),
        Topic.SHIFT_GINI: say.text("Unevenness of the load per shift (Gini)"),
        Topic.SHIFT_MAX_TO_MEDIAN: say.text("Highest load per shift, in medians"),
        Topic.TREND: say.text("Change against the weeks before"),
        Topic.PROJECTED_LOAD: say.text("Calls expected"),
        Topic.NOTIFICATION_RULES: say.text("Without notification rules"),
        Topic.TIME_ZONE: say.text("Time zone"),
    }[topic]


def verdict_name(verdict: Verdict, say: Language) -> str:
    """What it says against the limit."""
    return {
        Verdict.WITHIN: say.text("within"),
        Verdict.BEYOND: say.text("beyond"),
        Verdict.QUESTION: say.text("to be asked"),
        Verdict.TOO_LITTLE: say.text("too little known"),
        Verdict.COUNTED: "",
    }[verdict]


def shown(one: Finding, value: float | str | None, say: Language) -> str:
    """A value or threshold of the finding in its unit; a dash where there is none."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if one.topic in SHARES:
        return say.percent(value, 0)
    if one.topic is Topic.TREND:
        return signed_share(value, say)
    return say.number(value, 2) if one.topic in EVENNESS else amount(round(value, 1), say)

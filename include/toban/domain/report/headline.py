"""The first line: one sentence that says how the week was, why, and what might help."""

from collections.abc import Callable

from toban.domain.language import Language
from toban.domain.mrkdwn import bold, escape
from toban.domain.report.cause import Cause, Effect, biggest_cause
from toban.domain.report.change import Direction, Verdict, verdict
from toban.domain.report.nouns import Report
from toban.domain.report.suggestion import Advice, Suggestion, suggestion

Mark = Callable[[str], str]


def headline(report: Report, say: Language, *, strong: Mark = bold, name: Mark = escape) -> str:
    """Verdict, cause and suggestion as one sentence.

    ``strong`` marks the first words; ``name`` makes a name from outside harmless (mrkdwn unless given).
    """
    judged = verdict(report)
    if judged.direction is Direction.QUIET:
        return _quiet(report, say, strong)
    clauses = [_verdict(report, judged, say, strong)]
    if cause := biggest_cause(report, judged.direction):
        clauses.append(_cause(cause, say, name))
    clauses.append(_suggestion(suggestion(report), say, name))
    sentence = clauses[0]
    for clause in clauses[1:]:
        sentence = say.text("{sentence}; {clause}", sentence=sentence, clause=clause)
    return say.text("{sentence}.", sentence=sentence)


def _quiet(report: Report, say: Language, strong: Mark) -> str:
    lead = strong(say.text("Quiet week:"))
    if report.before is None:
        return say.text("{lead} no incidents.", lead=lead)
    return say.count(
        "{lead} no incidents, after {n} the week before.",
        "{lead} no incidents, after {n} the week before.",
        report.before.incidents,
        lead=lead,
    )


def _verdict(report: Report, judged: Verdict, say: Language, strong: Mark) -> str:
    lead = strong(_lead(report, judged, say))
    standing = _standing(report, judged, say)
    if judged.direction in {Direction.TOO_FEW, Direction.INCOMPLETE}:
        return say.text("{lead} {standing}", lead=lead, standing=standing)
    return say.text(
        "{lead} {standing} and {comparison}",
        lead=lead,
        standing=standing,
        comparison=_comparison(report, judged, say),
    )


def _lead(report: Report, judged: Verdict, say: Language) -> str:
    week = report.week
    if judged.direction is Direction.TOO_FEW and week.acknowledge.n < week.incidents:
        return say.count(
            "Too few acknowledged incidents ({n}) to speak of a trend:",
            "Too few acknowledged incidents ({n}) to speak of a trend:",
            week.acknowledge.n,
        )
    if judged.direction is Direction.TOO_FEW:
        return say.count(
            "Too few incidents ({n}) to speak of a trend:",
            "Too few incidents ({n}) to speak of a trend:",
            week.incidents,
        )
    return {
        Direction.BETTER: say.text("Better:"),
        Direction.WORSE: say.text("Worse:"),
        Direction.UNCHANGED: say.text("Unchanged:"),
        Direction.INCOMPLETE: say.text("Incomplete data:"),
    }.get(judged.direction, say.text("No comparison yet:"))


def _standing(report: Report, judged: Verdict, say: Language) -> str:
    if judged.median_s is None:
        return say.count(
            "{n} incident, not acknowledged by anyone",
            "{n} incidents, none acknowledged by anyone",
            report.week.incidents,
        )
    values = {"median": say.duration(judged.median_s), "goal": say.duration(report.goal_s)}
    if judged.within_goal:
        return say.text("median MTTA {median}, within the goal of {goal}", **values)
    return say.text("median MTTA {median}, over the goal of {goal}", **values)


def _comparison(report: Report, judged: Verdict, say: Language) -> str:
    weeks = len(report.comparison)
    if judged.direction is Direction.NO_COMPARISON or judged.change is None:
        return say.text("too little history to compare with")
    values = {"n": weeks, "share": say.percent(abs(judged.change)), "usual": say.duration(judged.usual_s)}
    if judged.direction is Direction.UNCHANGED:
        return say.text("about the mean of the last {n} weeks ({usual})", **values)
    if judged.direction is Direction.BETTER:
        return say.text("{share} shorter than the mean of the last {n} weeks ({usual})", **values)
    return say.text("{share} longer than the mean of the last {n} weeks ({usual})", **values)


def _cause(cause: Cause, say: Language, name: Mark) -> str:
    values = {"name": name(cause.name), "n": cause.n, "of": cause.of}
    if cause.effect is Effect.SLOW:
        return say.text("biggest cause: {name} ({n} of {of} over the goal)", **values)
    return say.text("most incidents: {name} ({n} of {of})", **values)


def _suggestion(found: Suggestion | None, say: Language, name: Mark) -> str:
    if found is None:
        return say.text("nothing stands out to change")
    values = {"n": found.n, "of": found.of, "kinds": found.kinds, "alert": name(found.alert)}
    if found.advice is Advice.DELAY and found.kinds == 1:
        return say.text("“{alert}” resolved by itself {n} times: consider a delay before it pages", **values)
    if found.advice is Advice.DELAY:
        return say.text(
            "{kinds} alerts resolved by themselves {n} times: consider a delay before they page", **values
        )
    if found.advice is Advice.NIGHT:
        return say.text(
            "{n} of the {of} over the goal were at night: consider a second person on call then", **values
        )
    if found.advice is Advice.REACH:
        return say.text(
            "{n} of {of} incidents went on to the next level unanswered: "
            "check how the first level is notified",
            **values,
        )
    return say.text("“{alert}” came {n} times: look for its cause or write a runbook", **values)

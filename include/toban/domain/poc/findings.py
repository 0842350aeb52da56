"""What stands out in an account's history, in sentences that each carry their numbers."""

from collections.abc import Iterator

from toban.domain.language import Language
from toban.domain.poc.nouns import Evidence, total
from toban.domain.poc.trend import trend
from toban.domain.report.alerts import group
from toban.domain.report.change import FEWEST_FOR_A_TREND, Direction
from toban.domain.report.phrases import one_line
from toban.domain.report.suggestion import at_night, resolves_itself

LOUDEST = 5
LOUD_SHARE = 0.2  # five alerts that make a fifth of everything are worth naming
FEWEST = 3  # below it is chance


def summary(evidence: Evidence, say: Language) -> str:
    """The page in one sentence."""
    if not evidence.incidents:
        return say.text("PagerDuty shows no incidents in these {days} days.", days=evidence.days)
    figures = evidence.acknowledge
    if figures.n < FEWEST_FOR_A_TREND:
        return say.text(
            "{n} incidents in {days} days, {acknowledged} of them acknowledged: too few for a judgement.",
            n=say.number(len(evidence.incidents)),
            days=evidence.days,
            acknowledged=say.number(figures.n),
        )
    return say.text(
        "{n} incidents in {days} days: half of those acknowledged were within {median}, "
        "one in ten took longer than {p90}; {trend}.",
        n=say.number(len(evidence.incidents)),
        days=evidence.days,
        median=say.duration(figures.median_s),
        p90=say.duration(figures.p90_s),
        trend=_trend(evidence, say),
    )


def _trend(evidence: Evidence, say: Language) -> str:
    found = trend(evidence.report.weeks)
    values = {"late": say.duration(found.late_s), "early": say.duration(found.early_s), "n": found.late_weeks}
    if found.direction is Direction.BETTER:
        return say.text("it got faster (median {late} in the last {n} weeks, {early} before)", **values)
    if found.direction is Direction.WORSE:
        return say.text("it got slower (median {late} in the last {n} weeks, {early} before)", **values)
    if found.direction is Direction.UNCHANGED:
        return say.text("it stayed the same (median {late} in the last {n} weeks, {early} before)", **values)
    return say.text("too little history for a trend")


def findings(evidence: Evidence, say: Language) -> tuple[str, ...]:
    """Up to six sentences; none where nothing stands out."""
    found = (*_nobody(evidence, say), *_gaps(evidence, say), *_loudest(evidence, say))
    found = (*found, *_themselves(evidence, say), *_nights(evidence, say), *_slowest(evidence, say))
    return found or (say.text("Nothing: the figures give no reason to change anything."),)


def _nobody(evidence: Evidence, say: Language) -> Iterator[str]:
    passed_on = sum(each.timeout_escalations > 0 for each in evidence.incidents)
    if evidence.unanswered:
        yield say.text(
            "{n} incidents were open for 30 minutes or more and nobody acknowledged; "
            "{passed} went on to the next level because the first had not answered in time.",
            n=say.number(len(evidence.unanswered)),
            passed=say.number(passed_on),
        )


def _gaps(evidence: Evidence, say: Language) -> Iterator[str]:
    if not evidence.gaps:
        return
    yield say.count(
        "In the next 4 weeks level 1 is empty {n} time, {length} in all.",
        "In the next 4 weeks level 1 is empty {n} times, {length} in all.",
        len(evidence.gaps),
        length=say.duration(total(gap.span for gap in evidence.gaps).total_seconds()),
    )
    alone = [gap.span for gap in evidence.gaps if gap.alone]
    if alone:
        yield say.text(
            "For {length} of that no other level has anyone either: an alert would reach nobody.",
            length=say.duration(total(alone).total_seconds()),
        )


def _loudest(evidence: Evidence, say: Language) -> Iterator[str]:
    loudest = group(evidence.incidents)[:LOUDEST]
    n, of = sum(len(each.incidents) for each in loudest), len(evidence.incidents)
    if len(group(evidence.incidents)) > LOUDEST and n >= LOUD_SHARE * of:
        yield say.text(
            "The {k} most frequent alerts make {share} of all incidents; the first is “{name}” ({n} times).",
            k=LOUDEST,
            share=say.percent(n / of),
            name=one_line(loudest[0].label),
            n=say.number(len(loudest[0].incidents)),
        )


def _themselves(evidence: Evidence, say: Language) -> Iterator[str]:
    quiet = [each for each in group(evidence.incidents) if resolves_itself(each)]
    times = sum(each.resolved_themselves for each in quiet)
    calls = sum(each.night_calls for each in quiet)
    values = {"kinds": say.number(len(quiet)), "n": say.number(times), "calls": say.number(calls)}
    if times < FEWEST:
        return
    if calls:
        yield say.text(
            "{kinds} alerts as a rule resolve by themselves: {n} incidents and {calls} night calls that a "
            "short delay before paging would spare.",
            **values,
        )
    else:
        yield say.text(
            "{kinds} alerts as a rule resolve by themselves: {n} incidents that a short delay before paging "
            "would spare.",
            **values,
        )


def _nights(evidence: Evidence, say: Language) -> Iterator[str]:
    night = sum(at_night(each) for each in evidence.incidents)
    if night >= FEWEST:
        yield say.text(
            "{share} of incidents began at night (22:00 to 8:00); people were called {calls} times in their "
            "sleeping hours, in {n} of {days} nights.",
            share=say.percent(night / len(evidence.incidents)),
            calls=say.number(evidence.calls.sleep),
            n=say.number(evidence.calls.nights),
            days=evidence.days,
        )


def _slowest(evidence: Evidence, say: Language) -> Iterator[str]:
    measured = [each for each in evidence.services if each.acknowledge.n >= FEWEST_FOR_A_TREND]
    if len(measured) < 2:
        return
    slowest = max(measured, key=lambda each: each.acknowledge.median_s or 0)
    yield say.text(
        "{name} waits longest: half of its acknowledgements took more than {median} (n = {n}).",
        name=one_line(slowest.name),
        median=say.duration(slowest.acknowledge.median_s),
        n=say.number(slowest.acknowledge.n),
    )

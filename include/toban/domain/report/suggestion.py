"""One suggestion a week, drawn from the week's own numbers; none where they suggest nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from enum import Enum

from toban.domain.report.alerts import AlertGroup, group
from toban.domain.report.nouns import Incident, Report

# Below these a pattern is chance. They are deliberately low: a suggestion is a question, not an order.
FEWEST_TIMES = 5
FEWEST_LATE = 3
# An alert "resolves by itself" when four of five times nobody did anything.
SELF_RESOLVING_SHARE = 0.8
SELF_RESOLVING_TIMES = 3
# One alert that makes a quarter of the week is worth a look at its cause.
REPEATED_SHARE = 0.25
NIGHT_SHARE = 0.5
NIGHT_FROM, NIGHT_UNTIL = time(22), time(8)  # PagerDuty's sleeping hours


class Advice(Enum):
    """What may be worth doing."""

    NIGHT = "a second person at night"
    REACH = "check how the first level is reached"
    DELAY = "delay alerts that resolve by themselves"
    REPEATED = "look for the cause of one alert"


@dataclass(frozen=True)
class Suggestion:
    """``n`` incidents speak for it; ``of`` and ``kinds`` where the sentence needs them."""

    advice: Advice
    n: int
    of: int = 0
    kinds: int = 0
    alert: str = ""


# What shortens the way to a person comes first where the goal was missed, else what makes less noise.
_FASTER = (Advice.NIGHT, Advice.REACH)
_QUIETER = (Advice.DELAY, Advice.REPEATED)


def suggestion(report: Report) -> Suggestion | None:
    """The suggestion that most incidents speak for."""
    median_s = report.week.acknowledge.median_s
    missed = median_s is not None and median_s > report.goal_s
    found = {each.advice: each for each in _candidates(report)}
    for kinds in (_FASTER, _QUIETER) if missed else (_QUIETER, _FASTER):
        fitting = [found[kind] for kind in kinds if kind in found]
        if fitting:
            return max(fitting, key=lambda each: each.n)
    return None


def _candidates(report: Report) -> Iterator[Suggestion]:
    groups = group(report.incidents)
    yield from _night(report.slow)
    yield from _reach(report.incidents)
    yield from _delay([each for each in groups if resolves_itself(each)])
    yield from _repeated(report, [each for each in groups if not resolves_itself(each)])


def resolves_itself(alert: AlertGroup) -> bool:
    """Whether this alert, as a rule, ends without anybody doing anything."""
    times = alert.resolved_themselves
    return times >= SELF_RESOLVING_TIMES and times >= SELF_RESOLVING_SHARE * len(alert.incidents)


def at_night(incident: Incident) -> bool:
    """Whether it began in the team's night."""
    began = incident.created_at.time()
    return began >= NIGHT_FROM or began < NIGHT_UNTIL


def _night(slow: tuple[Incident, ...]) -> Iterator[Suggestion]:
    late = sum(at_night(each) for each in slow)
    if late >= FEWEST_LATE and late >= NIGHT_SHARE * len(slow):
        yield Suggestion(Advice.NIGHT, late, of=len(slow))


def _reach(incidents: tuple[Incident, ...]) -> Iterator[Suggestion]:
    passed_on = sum(each.timeout_escalations > 0 for each in incidents)
    if passed_on >= FEWEST_LATE:
        yield Suggestion(Advice.REACH, passed_on, of=len(incidents))


def _delay(noisy: list[AlertGroup]) -> Iterator[Suggestion]:
    times = sum(each.resolved_themselves for each in noisy)
    if times >= FEWEST_TIMES:
        yield Suggestion(Advice.DELAY, times, kinds=len(noisy), alert=noisy[0].label)


def _repeated(report: Report, groups: list[AlertGroup]) -> Iterator[Suggestion]:
    if groups and len(groups[0].incidents) >= max(FEWEST_TIMES, REPEATED_SHARE * len(report.incidents)):
        yield Suggestion(
            Advice.REPEATED, len(groups[0].incidents), of=len(report.incidents), alert=groups[0].label
        )

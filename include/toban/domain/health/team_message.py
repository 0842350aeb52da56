"""The health of on-call for everybody who reads the weekly report: sums of the team, in its thread."""

from collections.abc import Iterator, Sequence

from toban.domain.health.lines import lines
from toban.domain.health.notes import notes
from toban.domain.health.nouns import Finding
from toban.domain.health.public import may_be_told, public
from toban.domain.health.report import HealthReport
from toban.domain.health.words import load_in_words
from toban.domain.language import Language
from toban.domain.message import Message, context, section
from toban.domain.report.phrases import titled


def team_message(report: HealthReport, say: Language) -> Message:
    """It names nobody and tells nobody's own figure."""
    told = public(report.of_team, report.fewest_people)
    verdict = health_verdict(told, say)
    beyond = [one for one in told if one.is_beyond]
    left_out = say.text("Sums of fewer than {n} people are not shown here.", n=report.fewest_people)
    text = titled(verdict, [*_sums(report, say), *lines(told, say)])
    return Message(verdict, (section(text), context([left_out, *notes(beyond, say)])))


def health_verdict(told: Sequence[Finding], say: Language) -> str:
    """How many of the measures that could be taken are beyond their limit; plain text."""
    measured = [one for one in told if one.is_measured]
    beyond = sum(one.is_beyond for one in measured)
    if not measured:
        return say.text("On-call health: too little is known to say anything")
    if beyond:
        return say.text("On-call health: {n} of {of} limits exceeded", n=beyond, of=len(measured))
    return say.text("On-call health: within all {of} limits", of=len(measured))


def _sums(report: HealthReport, say: Language) -> Iterator[str]:
    """The week's where that tells nobody's own figure, and the period's, which say what is usual."""
    if report.week.covered and may_be_told(len(report.loads), report.fewest_people):
        load = load_in_words(report.week.load, say)
        yield "• " + say.text("Calls in the week: {load}", load=load)
    if report.known_weeks and may_be_told(report.struck_in_period, report.fewest_people):
        load = load_in_words(report.load_of_period, say)
        yield "• " + say.text("Calls in the last {n} weeks: {load}", n=report.known_weeks, load=load)

"""The figures at the top of the proof-of-concept page."""

from dataclasses import dataclass

from toban.domain.language import Language
from toban.domain.poc.nouns import Evidence, total
from toban.domain.report.nouns import Spread


@dataclass(frozen=True)
class Card:
    """One figure: what it is, the figure, and what it rests on; ``poor`` draws the eye."""

    label: str
    value: str
    detail: str
    poor: bool = False


def cards(evidence: Evidence, say: Language) -> tuple[Card, ...]:
    """Seven figures, each with the number it rests on."""
    return (
        _volume(evidence, say),
        _acknowledge(evidence, say),
        Card(
            say.text("MTTR (median)"), say.duration(evidence.resolve.median_s), _rest(evidence.resolve, say)
        ),
        _noise(evidence, say),
        _nights(evidence, say),
        _unanswered(evidence, say),
        _gaps(evidence, say),
    )


def _volume(evidence: Evidence, say: Language) -> Card:
    number = len(evidence.incidents)
    weekly = number / evidence.days * 7
    return Card(
        say.text("Incidents"),
        say.number(number),
        say.text("{n} a week", n=say.number(weekly, 0 if weekly >= 10 else 1)),
    )


def _acknowledge(evidence: Evidence, say: Language) -> Card:
    figures, goal_s = evidence.acknowledge, evidence.report.goal_s
    detail = say.text("goal {goal} · {rest}", goal=say.duration(goal_s), rest=_rest(figures, say))
    missed = figures.median_s is not None and figures.median_s > goal_s
    return Card(say.text("MTTA (median)"), say.duration(figures.median_s), detail, poor=missed)


def _resolve(figures: Spread, say: Language) -> Card:
    return Card(say.text("MTTR (median)"), say.duration(figures.median_s), _rest(figures, say))


def _rest(figures: Spread, say: Language) -> str:
    return say.text(
        "mean {mean} · p90 {p90} · n = {n}",
        mean=say.duration(figures.mean_s),
        p90=say.duration(figures.p90_s),
        n=say.number(figures.n),
    )


def _noise(evidence: Evidence, say: Language) -> Card:
    n, of = len(evidence.noise), len(evidence.incidents)
    detail = say.text("{n} of {of} incidents, before anyone acknowledged", n=say.number(n), of=say.number(of))
    return Card(say.text("Resolved by themselves"), share(n, of, say), detail)


def _nights(evidence: Evidence, say: Language) -> Card:
    calls = evidence.calls
    detail = say.text("in {n} of {days} nights", n=say.number(calls.nights), days=say.number(evidence.days))
    return Card(say.text("Night calls"), say.number(calls.sleep), detail)


def _unanswered(evidence: Evidence, say: Language) -> Card:
    n, of = len(evidence.unanswered), len(evidence.incidents)
    detail = say.text("{share} of incidents, open for 30 minutes or more", share=share(n, of, say))
    return Card(say.text("Nobody answered"), say.number(n), detail, poor=n > 0)


def _gaps(evidence: Evidence, say: Language) -> Card:
    length = total(gap.span for gap in evidence.gaps).total_seconds()
    detail = say.text("{length} without anyone on level 1, next 4 weeks", length=say.duration(length))
    return Card(say.text("Gaps ahead"), say.number(len(evidence.gaps)), detail, poor=bool(evidence.gaps))


def share(n: int, of: int, say: Language) -> str:
    """``n`` of ``of`` in percent; a dash of nothing."""
    return say.percent(n / of) if of else "–"

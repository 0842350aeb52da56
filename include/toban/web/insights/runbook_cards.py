"""The cards of the page on runbooks: what has one, and how often what threads were told was right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from toban.domain.language import Language
from toban.domain.runbooks.coverage import Gap
from toban.web.insights.drawing import spark

ENOUGH = 10  # of fewer a percentage claims more than is known
WEEKS = 26  # of the small charts and of the table below them
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Card:
    """A share with the numbers it rests on, and its course by week."""

    title: str
    figure: str
    beside: str
    spark: Markup


@dataclass(frozen=True)
class Coverage:
    """All gaps among the chosen incidents, and how many of these had a runbook by a rule."""

    gaps: Sequence[Gap]
    incidents: int
    covered: int


def runbook_cards(found: Coverage, weeks: Sequence[Row], say: Language) -> list[Card]:
    """All of them; ``weeks`` are those of `read_precision`, the last ones."""
    covered = Card(
        say.text("Incidents with a runbook by a rule"),
        _share(found.covered, found.incidents, say),
        say.text("{n} of {of} in this period", n=say.number(found.covered), of=say.number(found.incidents)),
        Markup(""),
    )
    return [
        covered,
        _held(say.text("“Resolves by itself” was right"), weeks, "by_itself_right", "by_itself_wrong", say),
        _held(say.text("“Needs action” was right"), weeks, "needs_action_right", "needs_action_wrong", say),
        _held(say.text("The runbook helped"), weeks, "runbooks_helped", "runbooks_wrong", say),
    ]


def _held(title: str, weeks: Sequence[Row], right: str, wrong: str, say: Language) -> Card:
    good, bad = (sum(week[name] for week in weeks) for name in (right, wrong))
    course = [
        week[right] / (week[right] + week[wrong]) if week[right] + week[wrong] else None for week in weeks
    ]
    beside = say.text(
        "{n} of {of} in the last {weeks} weeks", n=say.number(good), of=say.number(good + bad), weeks=WEEKS
    )
    return Card(title, _share(good, good + bad, say), beside, spark.line(course))


def _share(part: int, whole: int, say: Language) -> str:
    """A percentage where it rests on enough, else the numbers themselves."""
    if not whole:
        return "–"
    return say.percent(part / whole) if whole >= ENOUGH else f"{part} / {whole}"

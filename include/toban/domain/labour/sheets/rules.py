"""The versions of the rules that were in force in the month, and what the report does not compute."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from toban.domain.labour.month import Period
from toban.domain.labour.rules import Rulebook, Rules
from toban.domain.labour.sheets.table import HOUR, Cell, Table
from toban.domain.language import Language


def rules_table(rulebook: Rulebook, period: Period, say: Language, *, attendance: bool = False) -> Table:
    """A line per rule, version after version; ``attendance``: whether there was any for overtime."""
    versions = [rules for rules, _ in groupby(period.days, key=rulebook.in_force)]
    rows = (
        *(line for rules in versions for line in _version(rules, say)),
        *_overtime(versions, attendance, say),
        *_advice(say),
    )
    return Table(say.text("Rules"), (say.text("Rule"), say.text("Value")), rows)


def _version(rules: Rules, say: Language) -> Iterator[tuple[Cell, ...]]:
    since = "" if rules.since == date.min else rules.since.isoformat()
    night = f"{rules.night.start:%H:%M}-{rules.night.end:%H:%M}" if rules.night else say.text("none")
    rest = rules.rest.shortest
    yield say.text("Rules"), f"{rules.name} {since}".strip()
    yield say.text("Night"), night
    yield say.text("Rest between duties, hours"), say.text("not computed") if rest is None else rest / HOUR


def _overtime(versions: Sequence[Rules], attendance: bool, say: Language) -> Iterator[tuple[Cell, ...]]:
    overtime = say.text("Overtime, limits of a 36 agreement")
    if not attendance:
        yield overtime, say.text("not computed: no attendance was given")
    elif versions[-1].overtime is None:
        yield overtime, say.text("not computed: the rules do not say what overtime is")
    else:
        yield overtime, say.text("from attendance and call-outs; its pay holds the call-outs, see Overtime")


def _advice(say: Language) -> Iterator[tuple[Cell, ...]]:
    advice = say.text("No legal advice: have the rules checked by somebody who may give it.")
    yield say.text("Please note"), advice

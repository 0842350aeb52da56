"""A person's month as figures by name: to be settled, compared and answered, in whatever language."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from toban.domain.labour.kinds import DayKind
from toban.domain.labour.month import PersonMonth

SECOND = timedelta(seconds=1)
CORRECTED = "corrected_call_outs"

Figures = Mapping[str, int | str]  # times in whole seconds, money as decimal text; empty where not computed
TeamFigures = Mapping[str, Figures]  # by person


@dataclass(frozen=True)
class Difference:
    """A figure that is no longer what was settled; None where there was, or is, no such person's month."""

    month: str
    person_id: str
    figure: str
    settled: int | str | None
    now: int | str | None


def figures(one: PersonMonth) -> Figures:
    """All of a person's month, exact."""
    standby = {f"standby_{kind}": one.standby.on(kind) // SECOND for kind in DayKind}
    responses = {
        f"response_{kind}_{'night' if night else 'day'}": time // SECOND
        for (kind, night), time in one.responses.by_kind.items()
    }
    response = one.allowances.response
    return {
        **standby,
        "calls": one.calls,
        **responses,
        "short_rests": len(one.shortfalls),
        "rest_missing": sum((each.missing for each in one.shortfalls), timedelta()) // SECOND,
        "days_in_a_row": one.longest_run,
        "standby_allowance": str(one.allowances.standby),
        "call_out_fees": str(one.allowances.call_outs),
        "response_pay": "" if response is None else str(response),
        CORRECTED: sum(call.before is not None for call in one.call_outs),
    }


def team_figures(months: Iterable[PersonMonth]) -> TeamFigures:
    """Of everybody who has a month."""
    return {one.person_id: figures(one) for one in months}


def fingerprint(given: Mapping[str, object]) -> str:
    """Short, and another one as soon as a figure is another."""
    text = json.dumps(given, sort_keys=True, default=dict)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def differences(month: str, settled: TeamFigures, now: TeamFigures) -> list[Difference]:
    """Every figure that changed, by person and in the order of the figures."""
    return [
        Difference(month, person, name, before.get(name), after.get(name))
        for person in sorted(settled.keys() | now.keys())
        for before, after in [(settled.get(person, {}), now.get(person, {}))]
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    ]

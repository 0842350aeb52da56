"""From deeds to call-outs: when a person was really called upon, by the rule that was in force."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import groupby

from toban.domain.labour.nouns import CallOut, Deed, Standing
from toban.domain.labour.rules import CallOutRule
from toban.domain.spans import Span

RuleAt = Callable[[str, datetime], CallOutRule]


def call_outs(deeds: Iterable[Deed], rule_at: RuleAt) -> list[CallOut]:
    """Each person's call-outs in order; those that overlap or touch are one.

    ``rule_at`` gives the rule for a person and the moment at which a call-out begins.
    """
    ordered = sorted(deeds, key=lambda deed: (deed.person_id, deed.incident_id, deed.at, not deed.acted))
    single = [
        call_out
        for (person_id, _), run in groupby(ordered, key=lambda deed: (deed.person_id, deed.incident_id))
        for call_out in _of_one_incident(list(run), partial(rule_at, person_id))
    ]
    return _merged(single)


def _of_one_incident(deeds: list[Deed], rule_at: Callable[[datetime], CallOutRule]) -> Iterator[CallOut]:
    """An incident that calls again long after it was left calls the person out anew."""
    run: list[Deed] = []
    for deed in deeds:
        if run and not deed.acted and _left(_counted(run, rule_at(run[0].at)), deed.at):
            yield from _counting(run, rule_at)
            run = []
        run.append(deed)
    yield from _counting(run, rule_at)


def _left(call_out: CallOut, at: datetime) -> bool:
    return at >= max(call_out.told.end, call_out.told.start + call_out.rule.longest)


def _counting(run: list[Deed], rule_at: Callable[[datetime], CallOutRule]) -> Iterator[CallOut]:
    rule = rule_at(run[0].at)
    if rule.unanswered or any(deed.acted for deed in run):
        yield _counted(run, rule)


def _counted(run: list[Deed], rule: CallOutRule) -> CallOut:
    start = run[0].at
    last = max((deed.at for deed in run if deed.acted), default=None)
    end = max(start + rule.shortest, start if last is None else last + rule.tail)
    told, longest = Span(start, end), max(rule.longest, rule.shortest)
    too_long = told.length > longest
    return CallOut(
        person_id=run[0].person_id,
        span=Span(start, start + longest) if too_long else told,
        told=told,
        incident_ids=(run[0].incident_id,),
        rule=rule,
        standing=Standing.TO_CONFIRM if too_long else Standing.COUNTED,
    )


def _merged(call_outs: list[CallOut]) -> list[CallOut]:
    result: list[CallOut] = []
    for one in sorted(call_outs, key=lambda each: (each.person_id, each.span, each.incident_ids)):
        if result and result[-1].person_id == one.person_id and one.span.start <= result[-1].span.end:
            result[-1] = _as_one(result[-1], one)
        else:
            result.append(one)
    return result


def _as_one(earlier: CallOut, later: CallOut) -> CallOut:
    unsure = Standing.TO_CONFIRM in {earlier.standing, later.standing}
    return replace(
        earlier,
        span=Span(earlier.span.start, max(earlier.span.end, later.span.end)),
        told=Span(earlier.told.start, max(earlier.told.end, later.told.end)),
        incident_ids=tuple(dict.fromkeys(earlier.incident_ids + later.incident_ids)),
        standing=Standing.TO_CONFIRM if unsure else Standing.COUNTED,
    )

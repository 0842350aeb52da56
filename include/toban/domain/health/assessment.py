"""One team's week, put together: what is found of the team, then of its people."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from toban.domain.health.duty import beside, shift_findings, stretches
from toban.domain.health.facts import Facts
from toban.domain.health.fairness import shares
from toban.domain.health.frame import Frame
from toban.domain.health.hours import HourRule
from toban.domain.health.levels import first_level
from toban.domain.health.load import load, load_by_person, load_findings
from toban.domain.health.nouns import Finding, Interruption, so_far
from toban.domain.health.projection import projection_findings, projections, rates
from toban.domain.health.reachability import reachability_findings
from toban.domain.health.report import ComingWeek, HealthReport, WeekLoad
from toban.domain.health.team import Seen, team_findings
from toban.domain.health.thresholds import Thresholds
from toban.domain.labour.standby import standby
from toban.domain.spans import Span


def assess(frame: Frame, facts: Facts, rule: HourRule, thresholds: Thresholds, now: datetime) -> HealthReport:
    """The report on the frame's week; whose zone is wrong is asked for the year from ``now`` on."""
    weeks = tuple(_week(first, frame, facts) for first in frame.period)
    rung, period = _within(facts.interruptions, frame.week), _known_period(weeks, frame)
    in_period, held = _within(facts.interruptions, period), stretches(facts.shifts, rung, frame.week)
    first_held = stretches(first_level(facts.shifts), in_period, period)
    coming = _coming(frame, facts, rule, period, thresholds)
    of_week = (*load_findings(rung, frame.week, facts.clocks, thresholds), *shift_findings(held, thresholds))
    seen = Seen(
        period=period,
        weeks=weeks,
        loads=load_by_person(rung, facts.clocks),
        load_of_period=load(in_period, facts.clocks),
        struck_in_period=len({one.person_id for one in in_period}),
        held=held,
        off_duty=len(beside(rung, held)),
        first_held=first_held,
        shares=tuple(shares(first_held, in_period, thresholds)),
        coming=coming,
        of_people=(
            *(of_week if weeks[-1].covered else map(so_far, of_week)),
            *_of_coming(frame, facts, coming, thresholds, now),
        ),
        on_call=len(_on_call(frame, facts)),
    )
    return _report(frame, facts, seen, thresholds)


def _report(frame: Frame, facts: Facts, seen: Seen, thresholds: Thresholds) -> HealthReport:
    return HealthReport(
        team_id=frame.team_id,
        team=frame.team,
        time_zone=frame.zone.key,
        weeks=seen.weeks,
        findings=(*team_findings(seen, frame, thresholds), *seen.of_people),
        names=facts.names,
        loads=seen.loads,
        load_of_period=seen.load_of_period,
        struck_in_period=seen.struck_in_period,
        shares=seen.shares,
        coming=seen.coming,
        off_duty=seen.off_duty,
        fewest_people=thresholds.fewest_people,
    )


def _week(first: date, frame: Frame, facts: Facts) -> WeekLoad:
    span = frame.week_from(first)
    return WeekLoad(first, load(_within(facts.interruptions, span), facts.clocks), facts.knows(span))


def _known_period(weeks: Sequence[WeekLoad], frame: Frame) -> Span:
    """From the first to the last week that is wholly known; empty where none is."""
    known = [frame.week_from(each.start) for each in weeks if each.covered]
    return Span(known[0].start, known[-1].end) if known else Span(frame.week.start, frame.week.start)


def _coming(
    frame: Frame, facts: Facts, rule: HourRule, period: Span, thresholds: Thresholds
) -> tuple[ComingWeek, ...]:
    """The weeks to come whose shifts are planned to their end."""
    past = rates(facts.shifts, facts.interruptions, period, rule, facts.clocks)
    found = []
    for first in frame.coming:
        span = frame.week_from(first)
        if facts.planned_until is None or span.end > facts.planned_until:
            break
        planned = tuple(projections(facts.shifts, span, past, rule, facts.clocks, thresholds))
        held = standby(first_level(facts.shifts), span).values()
        found.append(
            ComingWeek(first, planned, sum((one.length for own in held for one in own), timedelta()))
        )
    return tuple(found)


def _of_coming(
    frame: Frame, facts: Facts, coming: Iterable[ComingWeek], thresholds: Thresholds, now: datetime
) -> Iterator[Finding]:
    """What each person is to expect, and what is wrong with the set-up of who is on call."""
    for each in coming:
        yield from projection_findings(each.projections, frame.week_from(each.start), thresholds)
    on_call = _on_call(frame, facts)
    people = [one for one in facts.people if one.person_id in on_call]
    yield from reachability_findings(people, frame.zone, now, thresholds)


def _on_call(frame: Frame, facts: Facts) -> frozenset[str]:
    """Who is on call in the week or planned after it; a set-up matters of nobody else."""
    return frozenset(standby(facts.shifts, Span(frame.week.start, frame.whole.end)))


def _within(interruptions: Iterable[Interruption], span: Span) -> list[Interruption]:
    start, end = span.start, span.end  # a call for each of a hundred thousand would take as long as all else
    return [one for one in interruptions if start <= one.at < end]

"""Somebody works on an acknowledged incident: hands it over, snoozes it, lets it time out, resolves it."""

from datetime import datetime, timedelta

from toban.sandbox.history.asides import add_asides, add_note
from toban.sandbox.history.case import Case
from toban.sandbox.history.closing import close, resolve_by
from toban.sandbox.history.company import Company, Person
from toban.sandbox.history.habits import Habits
from toban.sandbox.history.paging import Acknowledged, assign_level
from toban.sandbox.history.references import wire

_SERIOUS = ("fault", "slow")
_BY_HAND = {"escalate": 0.05, "reassign": 0.05, "delegate": 0.015}  # shares of serious high-urgency incidents
_SNOOZE_SHARE = {"slow": 0.45, "fault": 0.08, "noise": 0.03, "flap": 0.0}
_SNOOZES = (timedelta(hours=1), timedelta(hours=4), timedelta(hours=12))
_WOKEN_SHARE = 0.06  # snoozes that somebody ends by hand
_KEEPS_HOLD_SHARE = 0.6  # people who snooze rather than let an acknowledgement run out
_BEYOND = timedelta(days=20)


def work(case: Case, answer: Acknowledged, company: Company, habits: Habits) -> datetime | None:
    """From an acknowledgement to the resolution (None) or to when the case is triggered again."""
    at, person = answer
    first_time = case.fixed_at is None
    case.fixed_at = _fixed_at(case, at, habits)
    if first_time:
        add_asides(case, answer, _end(case), company, habits)
        handed_at = _hand_over(case, answer, company, habits)
        if handed_at:
            return handed_at
    runs_out_at = _hold(case, answer, habits)
    if runs_out_at:
        return runs_out_at
    if case.ending and case.ending.at <= case.fixed_at:
        close(case)
    else:
        resolve_by(case, case.fixed_at, person, habits)
    return None


def _fixed_at(case: Case, at: datetime, habits: Habits) -> datetime:
    if case.fixed_at:
        return max(case.fixed_at, at + habits.minutes(2, 8))
    if case.arrival.stay:
        return at + _BEYOND
    if case.arrival.heads_storm:
        return at + habits.minutes(70, 160)
    return at + habits.repair(case.arrival.alert.nature, at)


def _end(case: Case) -> datetime:
    moments = [moment for moment in (case.fixed_at, case.ending and case.ending.at) if moment]
    return min(moments)


def _hand_over(case: Case, answer: Acknowledged, company: Company, habits: Habits) -> datetime | None:
    """Escalate, reassign or delegate by hand; each puts the case back to triggered."""
    arrival = case.arrival
    if arrival.stay or arrival.heads_storm or arrival.alert.nature not in _SERIOUS or case.urgency == "low":
        return None
    ways = [*_BY_HAND, "keep"]
    way = habits.rng.choices(ways, [*_BY_HAND.values(), 1 - sum(_BY_HAND.values())])[0]
    at = answer.at + habits.minutes(3, 14)
    if way == "keep" or at >= _end(case):
        return None
    add_note(case, at - timedelta(seconds=20), answer.person, "handover", habits)
    done = {"escalate": _escalate, "reassign": _reassign, "delegate": _delegate}[way](
        case, at, answer.person, company, habits
    )
    return at if done else None


def _escalate(case: Case, at: datetime, person: Person, company: Company, habits: Habits) -> bool:  # noqa: ARG001
    return assign_level(case, at, company, case.level + 1, "escalate", person.ref)


def _reassign(case: Case, at: datetime, person: Person, company: Company, habits: Habits) -> bool:  # noqa: ARG001
    colleague = habits.rng.choice([member for member in case.arrival.team.members if member is not person])
    case.people, case.direct = [colleague], True
    case.log(at, "assign", person.ref, "website", {"assigned": True}, assignees=[colleague.ref])
    return True


def _delegate(case: Case, at: datetime, person: Person, company: Company, habits: Habits) -> bool:
    """To the escalation policy of another team, from its first level."""
    other = habits.rng.choice([team for team in company.teams if team is not case.arrival.team])
    case.policy, case.loops_left = other.policy, other.policy.loops
    assign_level(case, at, company, 0, "delegate", person.ref)
    case.events[-1].means["policy"] = other.policy.ref
    return True


def _hold(case: Case, answer: Acknowledged, habits: Habits) -> datetime | None:
    """Keep the acknowledgement alive until the end; else return when it runs out."""
    lasts = case.comes_back()
    runs_out_at = answer.at + lasts if lasts else None
    _note_deadline(case, answer.at, runs_out_at)
    wants = case.arrival.stay == "snoozed" or habits.chance(_SNOOZE_SHARE[case.arrival.alert.nature])
    while runs_out_at and (wants or runs_out_at < _end(case)):
        if not wants and not habits.chance(_KEEPS_HOLD_SHARE):
            case.log(runs_out_at, "unacknowledge", case.service_ref, "timeout")
            return runs_out_at
        at = (
            min(answer.at + habits.minutes(2, 9), runs_out_at)
            if wants
            else runs_out_at - habits.minutes(0.5, 4)
        )
        at = max(at, case.events[-1].at + timedelta(seconds=1)) if case.events[-1].kind == "snooze" else at
        if at >= _end(case):
            return None
        duration = habits.rng.choice(_SNOOZES)
        runs_out_at, wants = at + duration, False
        woken_at = _snooze(case, at, duration, answer.person, habits)
        if woken_at:
            return woken_at
    return None


def _snooze(case: Case, at: datetime, duration: timedelta, person: Person, habits: Habits) -> datetime | None:
    runs_out_at = at + duration
    channel = {"type": "website", "duration": int(duration.total_seconds())}
    action = {"type": "unacknowledge", "at": wire(runs_out_at)}
    case.log(at, "snooze", person.ref, channel, changed_actions=[action])
    _note_deadline(case, at, runs_out_at)
    woken_at = at + duration * habits.rng.uniform(0.2, 0.8)
    if case.arrival.stay or woken_at >= _end(case) or not habits.chance(_WOKEN_SHARE):
        return None
    case.log(woken_at, "unsnooze", person.ref, "website")
    return woken_at


def _note_deadline(case: Case, at: datetime, due: datetime | None) -> None:
    if due:
        case.deadlines.append((at, "unacknowledge", due))

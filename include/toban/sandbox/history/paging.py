"""PagerDuty rings: people are assigned and notified, level after level, until somebody acknowledges."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from toban.sandbox.history.case import Case
from toban.sandbox.history.closing import close
from toban.sandbox.history.company import Company, Person
from toban.sandbox.history.habits import Habits, Spread
from toban.sandbox.history.references import Ref

_NEVER = timedelta(days=20)
_NOTICED_LATER = Spread(
    2400, 0.6
)  # after the last level nobody is rung any more; somebody sees it in the end
_STATUS = {
    "phone_notification": (("success", "no_answer", "busy"), (72, 24, 4)),
    "push_notification": (("success", "failed"), (98, 2)),
    "sms_notification": (("success", "failed"), (97, 3)),
    "email_notification": (("success", "in_progress"), (97, 3)),
}
_RAISED_SHARE = 0.03


class Acknowledged(NamedTuple):
    at: datetime
    person: Person


def assign_level(
    case: Case, at: datetime, company: Company, level: int, kind: str, agent: Ref | None = None
) -> bool:
    """Hand the case to whoever is on call at `level` or, in a gap, above it; False beyond the last level."""
    for number in range(level, len(case.policy.levels)):
        users = case.policy.levels[number].on_call(at)
        if users:
            case.level, case.direct = number, False
            case.people = [company.people[user] for user in users]
            _log_assignment(case, at, kind, agent)
            return True
    return False


def _log_assignment(case: Case, at: datetime, kind: str, agent: Ref | None) -> None:
    means = {"assigned": True, "level": case.level + 1}
    channel = "website" if agent else "auto"
    by = agent or case.service_ref
    if kind == "escalate":  # an escalation to two people is two entries with the same time
        for person in case.people:
            case.log(at, kind, by, channel, means, assignees=[person.ref])
    else:
        case.log(at, kind, by, channel, means, assignees=[person.ref for person in case.people])


def page(case: Case, at: datetime, company: Company, habits: Habits) -> Acknowledged | None:
    """Ring from `at` until somebody acknowledges, or the case ends by itself (None)."""
    while True:
        answer = _first_answer(case, at, habits)
        escalates_at = _escalates_at(case, at)
        end = min(moment for moment in (answer.at, escalates_at, case.ending and case.ending.at) if moment)
        raised_at = _raise_urgency(case, at, end, habits)
        _notify(case, at, raised_at or end, habits)
        if raised_at:
            case.urgency, at = "high", raised_at
        elif end == answer.at:
            _acknowledge(case, answer, habits)
            return answer
        elif end == escalates_at:
            at = _escalate(case, end, company)
        else:
            close(case)
            return None


def _first_answer(case: Case, at: datetime, habits: Habits) -> Acknowledged:
    if case.arrival.stay == "triggered":
        return Acknowledged(at + _NEVER, case.people[0])
    if case.arrival.stay or case.arrival.heads_storm:
        return Acknowledged(at + habits.minutes(0.7, 1.8), case.people[0])
    if case.exhausted:
        return Acknowledged(at + _NOTICED_LATER.draw(habits.rng), case.people[0])
    answers = [Acknowledged(at + habits.reaction(person, at, case.urgency), person) for person in case.people]
    return min(answers, key=lambda answer: answer.at)


def _escalates_at(case: Case, at: datetime) -> datetime | None:
    """Low urgency never escalates by itself, nor what was assigned by hand or has exhausted its policy."""
    if case.urgency == "low" or case.direct or case.exhausted:
        return None
    due = at + case.policy.levels[case.level].delay
    case.deadlines.append((at, "escalate", due))
    return due


def _raise_urgency(case: Case, at: datetime, end: datetime, habits: Habits) -> datetime | None:
    if case.urgency == "high" or case.arrival.stay or not habits.chance(_RAISED_SHARE):
        return None
    raised_at = at + habits.minutes(3, 20)
    if raised_at >= end:
        return None
    colleague = habits.rng.choice(case.arrival.team.members)
    case.log(raised_at, "urgency_change", colleague.ref, "website", {"urgency": "high"}, urgency="high")
    return raised_at


def _notify(case: Case, at: datetime, end: datetime, habits: Habits) -> None:
    for person in case.people:
        for rule in person.rules[case.urgency]:
            rings_at = at + rule.delay + timedelta(seconds=habits.rng.randint(1, 4))
            if rings_at >= end:
                continue
            statuses, weights = _STATUS[rule.kind]
            notification = {
                "type": rule.kind,
                "address": rule.address,
                "status": habits.rng.choices(statuses, weights)[0],
            }
            channel = {"type": "auto", "notification": notification}
            case.log(rings_at, "notify", case.service_ref, channel, user=person.ref)


def _acknowledge(case: Case, answer: Acknowledged, habits: Habits) -> None:
    lasts = case.comes_back()
    more: dict[str, Any] = {"acknowledgement_timeout": int(lasts.total_seconds())} if lasts else {}
    case.log(answer.at, "acknowledge", answer.person.ref, habits.channel(answer.at), **more)
    case.first_acknowledged = case.first_acknowledged or (answer.at, answer.person)


def _escalate(case: Case, at: datetime, company: Company) -> datetime:
    """By time-out to the next level, to the first one again, or no further."""
    if assign_level(case, at, company, case.level + 1, "escalate"):
        return at
    if case.loops_left:
        case.loops_left -= 1
        case.log(at, "repeat_escalation_path", case.service_ref, "auto")
        assign_level(case, at, company, 0, "escalate")
    else:
        case.exhausted = True
        case.log(at, "exhaust_escalation_path", case.service_ref, "auto")
    return at

"""The whole life of one incident, from the alert to the last note."""

from toban.sandbox.history.asides import add_afterthought
from toban.sandbox.history.case import Arrival, Case
from toban.sandbox.history.closing import resolve_by
from toban.sandbox.history.company import Company
from toban.sandbox.history.habits import Habits
from toban.sandbox.history.opening import open_case
from toban.sandbox.history.paging import page
from toban.sandbox.history.standing import settle
from toban.sandbox.history.working import work

_REOPENED_SHARE = 0.02


def live(arrival: Arrival, head: Case | None, company: Company, habits: Habits) -> Case:
    """Simulate an incident to its end, however long that takes; `head` leads the storm it belongs to."""
    case = open_case(arrival, head, company, habits)
    at = arrival.at
    while answer := page(case, at, company, habits):
        triggered_again = work(case, answer, company, habits)
        if triggered_again is None:
            break
        at = triggered_again
    if case.ending is None or case.ending.at != case.resolved_at:
        _reopen(case, habits)
    add_afterthought(case, habits)
    settle(case)
    return case


def _reopen(case: Case, habits: Habits) -> None:
    """Somebody resolved too early, opens the incident again and ends it for good."""
    if not case.resolved_at or not case.first_acknowledged or not habits.chance(_REOPENED_SHARE):
        return
    person = case.first_acknowledged[1]
    at = case.resolved_at + habits.minutes(4, 45)
    case.log(at, "trigger", person.ref, {"type": "website", "summary": "Reopened through the website"})
    case.log(at, "assign", person.ref, "website", {"assigned": True}, assignees=[person.ref])
    case.log(at + habits.minutes(0.2, 2), "acknowledge", person.ref, habits.channel(at))
    case.ending = None
    resolve_by(case, at + habits.minutes(5, 60), person, habits)

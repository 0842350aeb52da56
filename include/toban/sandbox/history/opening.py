"""How an incident begins: the alert, the first assignment, and what would end it by itself."""

from datetime import datetime, timedelta

from toban.sandbox.history.bodies import trigger_channel
from toban.sandbox.history.case import Arrival, Case, Ending
from toban.sandbox.history.company import Company
from toban.sandbox.history.habits import Habits
from toban.sandbox.history.paging import assign_level

_PRIORITY_BY_SEVERITY = {"critical": (1, 2, 2), "error": (2, 3), "warning": (3, 4)}  # index 0 is P1
_PRIORITY_SHARE = 0.6  # the rest never get one, as in many accounts
_MERGE_SHARE = 0.5


def open_case(arrival: Arrival, head: Case | None, company: Company, habits: Habits) -> Case:
    """Trigger and assign; `head` is the incident that leads the storm this one belongs to."""
    low = arrival.alert.severity == "warning"
    case = Case(arrival, "low" if low else "high", arrival.team.policy, loops_left=arrival.team.policy.loops)
    if habits.chance(_PRIORITY_SHARE):
        index = habits.rng.choice(_PRIORITY_BY_SEVERITY[arrival.alert.severity])
        case.priority = _priority(company, index)
    case.ending = _ending(case, head, habits)
    _trigger(case, arrival.at)
    assign_level(case, arrival.at, company, 0, "assign")
    return case


def _priority(company: Company, index: int) -> dict[str, str]:
    row = company.priorities[index]
    return {"id": row["id"], "type": "priority_reference", "summary": row["summary"]}


def _trigger(case: Case, at: datetime) -> None:
    arrival = case.arrival
    agent = case.service_ref
    integration = arrival.service.integrations[arrival.alert.tool]
    if arrival.alert.tool in {
        "CloudWatch",
        "Sentry",
    }:  # these sign as the integration, the others as the service
        agent = {"id": integration["id"], "type": "integration_reference", "summary": arrival.alert.tool}
    channel = trigger_channel(arrival, integration)
    case.log(at, "trigger", agent, channel, event_details={"description": arrival.title})


def _ending(case: Case, head: Case | None, habits: Habits) -> Ending | None:
    arrival = case.arrival
    if arrival.stay:
        return None
    endings = []
    clears = None if arrival.heads_storm else habits.clears_after(arrival.alert.nature)
    if clears:
        endings.append(Ending(arrival.at + clears, "integration"))
    limit_s = arrival.service.source.auto_resolve_s
    if limit_s:
        endings.append(Ending(arrival.at + timedelta(seconds=limit_s), "timeout"))
    if head and head.first_acknowledged and habits.chance(_MERGE_SHARE):
        merged_at = max(head.first_acknowledged[0], arrival.at) + habits.minutes(2, 25)
        if head.resolved_at and merged_at < head.resolved_at:
            endings.append(Ending(merged_at, "merge"))
            case.merged_into = head
    return min(endings, default=None)

"""What is missing now, as acts in order of urgency: calls, what is done in PagerDuty, the rest."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from toban.clients.pagerduty import alerting
from toban.domain.alerts import keys
from toban.domain.alerts.actions import Action, Ask, Call, Escalate, Exhausted, Open, Part, Remind, Unmanned
from toban.domain.alerts.group_actions import next_group_actions
from toban.domain.alerts.levels import Levels
from toban.domain.alerts.next_actions import next_actions, wants_levels
from toban.domain.alerts.nouns import Form
from toban.errors import PagerDutyError
from toban.jobs.alerting import briefing, drafting, escalating, heads, saying, waiting
from toban.jobs.alerting.cases import Case, Group
from toban.jobs.alerting.picture import Picture
from toban.jobs.alerting.tools import Tools

log = logging.getLogger(__name__)

RINGING, DOING, TELLING, BRIEFING, LINES, DRAFTING, UPDATING = range(7)  # in this order


@dataclass(frozen=True)
class Act:
    """Something to do now; ``channel`` is its name or id. ``do`` says whether there was anything to do."""

    tier: int
    channel: str
    do: Callable[[], bool]


def missing(tools: Tools, picture: Picture, cases: Sequence[Case], groups: Sequence[Group]) -> list[Act]:
    """All acts, most urgent first."""
    levels = levels_for(tools, picture, cases)
    found = [
        *(act for case in cases for act in _of_case(tools, case, levels, picture)),
        *(act for group in groups for act in _of_group(tools, group, picture)),
        *(Act(LINES, channel, do) for channel, do in saying.unsaid_lines(tools, picture.at)),
        *(Act(DRAFTING, channel, do) for channel, do in drafting.wanted(tools, picture.at)),
    ]
    return sorted(found, key=lambda act: act.tier)


def levels_for(tools: Tools, picture: Picture, cases: Iterable[Case]) -> dict[str, Levels]:
    """Who is on call by policy, asked in one go where it matters now."""
    policies = {
        case.incident.policy_id
        for case in cases
        if wants_levels(case.incident, case.known, case.desk.policy, picture.at)
    }
    try:
        return dict(alerting.levels(tools.pagerduty, sorted(policies), picture.at)) if policies else {}
    except PagerDutyError as error:  # calls and reminders do not wait for it
        log.warning("%s", error)
        return {}


def _of_case(tools: Tools, case: Case, levels: dict[str, Levels], picture: Picture) -> Iterator[Act]:
    incident, channel = case.incident, case.thread.channel
    on_call = levels.get(incident.policy_id, {})
    for action in next_actions(incident, case.known, on_call, case.desk.policy, picture.at):
        judged = isinstance(action, Open) and case.thread.mention_at is not None
        yield Act(RINGING if judged else _tier(action), channel, _doing(tools, case, action, picture))
    if case.thread.form is not Form.OWN or keys.head(incident.id) not in case.said:
        return
    if incident.is_open and keys.briefing(incident.id) not in case.said:
        yield Act(BRIEFING, channel, partial(briefing.say, tools, case, picture.at))
    if heads.differs(tools, case, picture.at):
        yield Act(UPDATING, channel, partial(heads.update, tools, case, picture.at))


def _of_group(tools: Tools, group: Group, picture: Picture) -> Iterator[Act]:
    channel = group.thread.channel
    found = next_group_actions(
        group.root, group.threads, group.incidents, group.said, group.desk.policy, picture.at
    )
    for action in found:
        yield Act(_tier(action), channel, partial(saying.say, tools, group, action, picture.at))
    if heads.differs(tools, group, picture.at):
        yield Act(UPDATING, channel, partial(heads.update, tools, group, picture.at))


def _doing(tools: Tools, case: Case, action: Action, picture: Picture) -> Callable[[], bool]:
    if isinstance(action, Escalate):
        return partial(escalating.escalate, tools, case, action, picture.at)
    if isinstance(action, Open) and case.thread.mention_at is not None:
        return partial(waiting.say_and_judge, tools, case, action, picture.at)
    return partial(saying.say, tools, case, action, picture.at)


def _tier(action: Action) -> int:
    match action:
        case Open(rings=True) | Call() | Remind() | Unmanned() | Exhausted():
            return RINGING
        case Escalate():
            return DOING
        case Open() | Part() | Ask():
            return TELLING

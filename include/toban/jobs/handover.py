"""Gathers what a team's handover tells."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from toban.clients.handover_data import open_incidents, read_history
from toban.clients.warehouse import Snapshot
from toban.domain.announcement.slot import Group, last_due
from toban.domain.handover.nouns import Handover, handed_over_since
from toban.domain.report.scope import Claims
from toban.errors import WarehouseError
from toban.jobs.duties import Plan
from toban.settings import Settings, Team

log = logging.getLogger(__name__)


def handover_of(
    team: Team,
    group: Group[Team],
    settings: Settings,
    plan: Plan,
    opened: list[dict[str, Any]],
    snapshot: Snapshot | None,
    now: datetime,
) -> Handover:
    """The team's handover at the group's announcement; ``opened`` are all of PagerDuty's open incidents."""
    claims = claims_of(team, settings, plan)
    since = handed_over_since(plan.called_first(team), _announced_before(team, group, settings), now)
    told = Handover(team.name, since, now, open_incidents(opened, claims), None)
    try:
        return replace(told, history=read_history(snapshot, claims, since, now)) if snapshot else told
    except WarehouseError as error:
        # Who is on duty does not wait until the warehouse is mended.
        log.warning("The handover of %s goes without history: %s", team.name, error)
        return replace(told, unreadable=True)


def _announced_before(team: Team, group: Group[Team], settings: Settings) -> datetime:
    """When the announcement before this one was due; a week has one at least."""
    before = last_due(settings.teams, team, group.due - timedelta(seconds=1), settings.slack.trial_channel)
    return before.due if before else group.due - timedelta(days=1)


def claims_of(team: Team, settings: Settings, plan: Plan) -> Claims:
    """What the team answers for: also the policies that its schedules are used in."""
    others = [each for each in settings.teams if each.id != team.id]
    elsewhere = tuple(policy for each in others for policy in each.escalation_policies)
    own = tuple(policy.id for policy in plan.policies[team.id] if policy.id not in elsewhere)
    return Claims(
        services=team.services,
        policies=tuple(dict.fromkeys([*team.escalation_policies, *own])),
        pagerduty_teams=team.pagerduty_teams,
        services_of_others=tuple(service for each in others for service in each.services),
        policies_of_others=elsewhere,
    )

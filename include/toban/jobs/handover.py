"""Gathers what a team's handover tells."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from toban.clients.handover_data import open_incidents, read_history
from toban.clients.warehouse import Snapshot
from toban.domain.announcement.slot import Group, last_due
from toban.domain.handover.nouns import Handover, handed_over_since
from toban.errors import WarehouseError
from toban.jobs.claims import claims_of
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
    claims = claims_of(team, settings, [policy.id for policy in plan.policies[team.id]])
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

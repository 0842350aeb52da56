"""Whose incident it is: found by service, then escalation policy, then PagerDuty team."""

from collections.abc import Callable, Mapping

from toban.domain.alerts.nouns import Incident
from toban.domain.claims import Claims


def owner(incident: Incident, claims: Mapping[str, Claims]) -> str | None:
    """The id of the team that answers for it; None where none claims it."""
    tests: tuple[Callable[[Claims], bool], ...] = (
        lambda one: incident.service_id in one.services,
        lambda one: incident.policy_id in one.policies,
        lambda one: any(team in one.pagerduty_teams for team in incident.team_ids),
    )
    for claimed in tests:
        for team_id, claim in claims.items():
            if claimed(claim):
                return team_id
    return None

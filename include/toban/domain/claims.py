"""Which incidents a team answers for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Claims:
    """What a team answers for, and what other teams do, as PagerDuty ids.

    An incident is the team's by its service; if no team claims that, by its escalation policy; if no team
    claims that either, by its PagerDuty teams.
    """

    services: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    pagerduty_teams: tuple[str, ...] = ()
    services_of_others: tuple[str, ...] = ()
    policies_of_others: tuple[str, ...] = ()

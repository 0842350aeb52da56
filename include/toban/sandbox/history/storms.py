"""Storms: one fault that sets off dozens of alerts within minutes, and alerts still open at the end."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from toban.sandbox.history.arrivals import arrival_of
from toban.sandbox.history.case import Arrival, Stay
from toban.sandbox.history.company import Company, Service, Team
from toban.sandbox.history.sources import AlertKind

_STORM_EVERY_DAYS = 36
_STORM_SIZE = (24, 60)
_STORM_LASTS_S = 780

# What is still open at the end: minutes ago, team, severity, how it stays.
_OPEN: tuple[tuple[float, str, str, Stay], ...] = (
    (2, "shop", "critical", "triggered"),
    (4, "platform", "critical", "triggered"),
    (13, "payment", "critical", "triggered"),  # beyond ten minutes: escalated once by time-out
    (22, "data", "critical", "acknowledged"),
    (26, "shop", "error", "acknowledged"),
    (95, "platform", "critical", "snoozed"),
    (40, "payment", "error", "snoozed"),
    (300, "data", "warning", "triggered"),
)


def storms(company: Company, rng: Random, since: datetime, until: datetime) -> Iterator[Arrival]:
    """Each storm's head comes first; the others name it."""
    at = since + timedelta(days=rng.uniform(0.2, 0.6) * _STORM_EVERY_DAYS)
    while at < until - timedelta(days=2):
        team = rng.choice(company.teams)
        head = replace(
            _of_severity(team, "critical", at, rng), heads_storm=True, extra_alerts=rng.randint(2, 5)
        )
        yield head
        for _ in range(rng.randint(*_STORM_SIZE)):
            later = at + timedelta(seconds=1 + int(rng.triangular(5, _STORM_LASTS_S, 120)))
            service = rng.choice(team.services)
            alert = rng.choice([kind for kind in service.source.alerts if kind.nature != "slow"])
            yield replace(arrival_of(team, service, alert, later, rng), storm_head=head)
        at += timedelta(days=_STORM_EVERY_DAYS * rng.uniform(0.6, 1.4))


def open_at_the_end(company: Company, rng: Random, until: datetime) -> Iterator[Arrival]:
    """A handful of incidents that somebody opening the page at `until` finds in every state."""
    by_slug = {team.source.slug: team for team in company.teams}
    for minutes, slug, severity, stay in _OPEN:
        at = until - timedelta(minutes=minutes)
        yield replace(_of_severity(by_slug[slug], severity, at, rng), stay=stay)


def _of_severity(team: Team, severity: str, at: datetime, rng: Random) -> Arrival:
    service, alert = rng.choice(list(_kinds(team, severity)))
    return arrival_of(team, service, alert, at, rng)


def _kinds(team: Team, severity: str) -> Iterator[tuple[Service, AlertKind]]:
    """Alerts that need a person come first; where a severity has none, all of it."""
    found = [
        (service, kind)
        for service in team.services
        for kind in service.source.alerts
        if kind.severity == severity
    ]
    needing = [(service, kind) for service, kind in found if kind.nature in {"fault", "slow"}]
    return iter(needing or found)

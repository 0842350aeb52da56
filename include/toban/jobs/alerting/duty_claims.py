"""What each team answers for; the policies that its schedules are used in are asked for once an hour."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from toban.clients.ledger import Ledger
from toban.clients.pagerduty import PagerDuty
from toban.domain.claims import Claims
from toban.errors import PagerDutyError
from toban.jobs.claims import claims_of
from toban.jobs.duties import policies_of
from toban.settings import Settings, Team

log = logging.getLogger(__name__)

NOTE = "policies_by_schedule"
KEPT = timedelta(hours=1)


def claims_by_team(
    settings: Settings, pagerduty: PagerDuty, ledger: Ledger, now: datetime
) -> Mapping[str, Claims]:
    """By team id, in the order of the settings. Raises LedgerError."""
    wanted = {team.id: list(team.schedules) for team in settings.teams if team.schedules}
    used = _used(settings, pagerduty, ledger, now, wanted) if wanted else {}
    return {team.id: claims_of(team, settings, used.get(team.id, ())) for team in settings.teams}


def _used(
    settings: Settings, pagerduty: PagerDuty, ledger: Ledger, now: datetime, wanted: dict[str, list[str]]
) -> dict[str, list[str]]:
    noted = ledger.notes.read(NOTE) or {}
    if noted.get("wanted") == wanted and now - datetime.fromisoformat(noted["at"]) < KEPT:
        found: dict[str, list[str]] = noted["policies"]
        return found
    try:
        asked = {team.id: _policies(pagerduty, team) for team in settings.teams if team.schedules}
    except PagerDutyError as error:  # what was so an hour ago is better than no pass
        log.warning("%s", error)
        return dict(noted.get("policies", {}))
    ledger.notes.write(NOTE, {"wanted": wanted, "at": now.isoformat(), "policies": asked}, now=now)
    return asked


def _policies(pagerduty: PagerDuty, team: Team) -> list[str]:
    return [policy.id for policy in policies_of(pagerduty, team) if policy.levels]

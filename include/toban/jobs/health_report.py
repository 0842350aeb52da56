"""The health of a team's on-call in one week, from the restricted snapshot."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from toban.clients.health_data import read_facts
from toban.clients.warehouse import Snapshot
from toban.domain.health.assessment import assess
from toban.domain.health.report import HealthReport
from toban.domain.report.weeks import week_of
from toban.jobs.claims import claims_of
from toban.jobs.health.limits import frame_of, hour_rule, thresholds_of
from toban.settings import Settings, Team


def health_report(
    team: Team, *, settings: Settings, restricted: Snapshot, week: date, now: datetime
) -> HealthReport:
    """The report on the week that the day ``week`` lies in (weeks of the settings, midnights of the team).

    It names persons: it is for those who may see them. Raises WarehouseError, also for the general snapshot.
    """
    frame = frame_of(team, settings, week_of(week, settings.reporting.week_start))
    default = ZoneInfo(settings.reporting.time_zone)
    facts = read_facts(restricted, frame.whole, claims_of(team, settings), team.schedules, default)
    return assess(frame, facts, hour_rule(settings.business_hours), thresholds_of(team, settings), now)

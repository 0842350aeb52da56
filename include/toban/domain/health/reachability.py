"""People whom PagerDuty cannot ring, or whose nights it may take for days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from toban.domain.health.nouns import Finding, Topic, Verdict
from toban.domain.health.thresholds import Thresholds

WEEKS_OF_A_YEAR = 53


@dataclass(frozen=True)
class SetUp:
    """A person's settings in PagerDuty; ``notification_rules`` is their number, None if not known."""

    person_id: str
    notification_rules: int | None
    time_zone: str | None


def reachability_findings(
    people: Iterable[SetUp], team_zone: ZoneInfo, now: datetime, thresholds: Thresholds
) -> Iterator[Finding]:
    """What is wrong, by person; nothing about those with whom all is well.

    A zone that nobody knows is a fault, one that shows another time than the team's is a question: people do
    live elsewhere. Zones of other names that show the same time through the coming year are the same.
    """
    for one in sorted(people, key=lambda one: one.person_id):
        if one.notification_rules == 0:
            topic, source = Topic.NOTIFICATION_RULES, thresholds.rules_source
            yield Finding(topic, Verdict.BEYOND, 0, 1, source, 1, one.person_id)
        verdict = _zone_verdict(one.time_zone, team_zone, now)
        if verdict is not Verdict.WITHIN:
            source = thresholds.zone_source
            yield Finding(Topic.TIME_ZONE, verdict, one.time_zone, team_zone.key, source, 1, one.person_id)


def _zone_verdict(name: str | None, team_zone: ZoneInfo, now: datetime) -> Verdict:
    zone = _zone(name)
    if zone is None:
        return Verdict.BEYOND
    weeks = (now + timedelta(weeks=n) for n in range(WEEKS_OF_A_YEAR))
    same = all(at.astimezone(zone).utcoffset() == at.astimezone(team_zone).utcoffset() for at in weeks)
    return Verdict.WITHIN if same else Verdict.QUESTION


def _zone(name: str | None) -> ZoneInfo | None:
    """None for what is no zone; a name that leads out of the zones' directory is none either."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None

"""What the person coming on duty should know: what is open, and how the time before went."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from toban.domain.claims import Claims
from toban.domain.shifts import Shift, merged

LONGEST_SHIFT = timedelta(days=8)  # a weekly rotation with a day to spare; more incidents nobody reads


@dataclass(frozen=True)
class OpenIncident:
    """An incident that PagerDuty holds open now."""

    number: int
    title: str
    url: str | None
    created_at: datetime
    assignees: tuple[str, ...]
    acknowledged: bool


@dataclass(frozen=True)
class PastIncident:
    """An incident as the warehouse knows it; ``None`` seconds mean that it has not happened."""

    number: int
    title: str
    url: str | None
    created_at: datetime
    seconds_to_acknowledge: int | None
    seconds_to_resolve: int | None
    resolved_itself: bool
    night_calls: int


@dataclass(frozen=True)
class History:
    """The incidents from ``since`` on, and up to when the warehouse has heard of any."""

    incidents: tuple[PastIncident, ...]
    known_until: datetime | None


@dataclass(frozen=True)
class Handover:
    """One team's; ``history`` is ``None`` before anything was published, or where it is ``unreadable``."""

    team: str
    since: datetime
    at: datetime
    open: tuple[OpenIncident, ...]
    history: History | None
    unreadable: bool = False


def handed_over_since(first_level: Iterable[Shift], before: datetime, now: datetime) -> datetime:
    """From when on to tell: all of the last shift if it ended since the announcement ``before``, else that.

    At most `LONGEST_SHIFT` back. ``first_level`` are shifts of the level that is called first.
    """
    ended = [shift.span.start for shift in merged(first_level) if before < shift.span.end <= now]
    return max(min([before, *ended]), now - LONGEST_SHIFT)


def claimed(claims: Claims, service_id: str, policy_id: str, team_ids: Sequence[str]) -> bool:
    """Whether an incident is the team's: by service, else by escalation policy, else by PagerDuty team."""
    if service_id in claims.services or service_id in claims.services_of_others:
        return service_id in claims.services
    if policy_id in claims.policies or policy_id in claims.policies_of_others:
        return policy_id in claims.policies
    return bool(set(team_ids) & set(claims.pagerduty_teams))

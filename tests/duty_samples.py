"""Short words for shifts and teams in tests about who is on duty."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from toban.domain.announcement.nouns import Policy, TeamDuty, policy_duties
from toban.domain.people import Person
from toban.domain.shifts import Shift

TOKYO, BERLIN, NEW_YORK = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


def person(name: str) -> Person:
    """Someone with an address of that name."""
    return Person(f"P{name.upper()}", name, f"{name.lower()}@example.com")


def local(zone: ZoneInfo, year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A local clock time, in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=zone).astimezone(UTC)


def shift(
    name: str,
    start: datetime | None = None,
    end: datetime | None = None,
    *,
    level: int = 1,
    policy: str = "PAY",
    schedule: str | None = "Primary",
) -> Shift:
    """A shift of the person of that name."""
    return Shift(person(name), policy, policy.title(), level, schedule, schedule, start, end)


def duty(
    zone: ZoneInfo,
    at: datetime,
    shifts: Sequence[Shift],
    *,
    levels: tuple[int, ...] = (1,),
    name: str = "Payments",
    rings: bool = True,
) -> TeamDuty:
    """The duty of one team; each policy in the shifts (PAY if there are none) has these levels."""
    ids = sorted({each.policy_id for each in shifts}) or ["PAY"]
    policies = [Policy(each, each.title(), levels) for each in ids]
    return TeamDuty(name.lower(), name, zone, rings, at, policy_duties(policies, shifts, at))

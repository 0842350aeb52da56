"""Did it help? Read the waits from a minute on, compare those before a day with those from then on."""

from datetime import date, datetime

from toban.clients.effect_data import read_waits
from toban.clients.warehouse import Snapshot
from toban.domain.claims import Claims
from toban.domain.effect.estimate import effect
from toban.domain.effect.nouns import Effect
from toban.settings import Calling, Team

USUAL_MINUTE = Calling().remind_minutes[0]


def compare_effect(
    snapshot: Snapshot,
    *,
    minute: int,
    since: date,
    until: datetime | None = None,
    claims: Claims | None = None,
    service: str | None = None,
) -> Effect:
    """The wait of incidents still unacknowledged at ``minute``, before the day ``since`` and from then on.

    The day is one of the reporting time zone. ``until`` leaves out what began at that moment or later;
    without claims it is about everybody's incidents; ``service`` is a name or an id. Raises WarehouseError.
    """
    before, after = read_waits(
        snapshot, minute=minute, since=since, until=until, claims=claims, service=service
    )
    return effect(before, after, minute=minute, since=since)


def first_reminder(team: Team | None) -> int:
    """The minute at which the team is first reminded; the usual one without a team or a reminder."""
    minutes = team.calling.remind_minutes if team else ()
    return minutes[0] if minutes else USUAL_MINUTE

"""Who is asked now: a round begins with the first call and with everything that asks somebody anew."""

from collections.abc import Iterable
from datetime import datetime

from toban.domain.alerts.nouns import ASKING_ANEW, Event, Incident, Kind, Round, Status

FIRST_LEVEL = 1


def first_round(incident: Incident, events: Iterable[Event], now: datetime) -> Round:
    """The round of an incident seen for the first time, after whatever has happened in it already."""
    climbed = {event.at for event in events if event.kind is Kind.ESCALATE}
    return Round(0, incident.created_at, now, _asked(incident), FIRST_LEVEL + len(climbed))


def next_round(
    current: Round, incident: Incident, before: Status, events: Iterable[Event], now: datetime
) -> Round:
    """The round after ``events`` (new ones, oldest first); ``before`` is the status that was last seen.

    It stays the same while the same people are asked. Nobody is asked while it is acknowledged.
    """
    anew = [event for event in events if event.kind in ASKING_ANEW]
    same = set(_asked(incident)) == set(current.asked)
    if incident.status is not Status.TRIGGERED or (not anew and same and before is Status.TRIGGERED):
        return current
    level = current.level or FIRST_LEVEL
    for event in anew:
        level = _level_after(event, level)
    return Round(current.number + 1, anew[-1].at if anew else now, now, _asked(incident), level)


def _level_after(event: Event, level: int) -> int:
    if event.kind is Kind.ESCALATE:
        return level + 1
    return level if event.kind is Kind.UNACKNOWLEDGE else FIRST_LEVEL


def _asked(incident: Incident) -> tuple[str, ...]:
    return tuple(person.id for person in incident.assigned)

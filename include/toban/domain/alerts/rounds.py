"""Who is asked now: a round begins with the first call and with everything that asks somebody anew."""

from collections.abc import Iterable
from dataclasses import replace
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

    It stays the same while the same people are asked. Nobody is asked while it is acknowledged. An event
    from before the round was seen is late news of what the round was made of; only its level is new.
    """
    level = current.level or FIRST_LEVEL
    anew = [event for event in events if _asks_anew(event, incident)]
    for event in anew:
        level = _level_after(event, level)
    later = [event for event in anew if event.at > current.seen_at]
    same = set(_asked(incident)) == set(current.asked) and before is Status.TRIGGERED
    if incident.status is not Status.TRIGGERED or (same and not later):
        return replace(current, level=level)
    return Round(current.number + 1, later[-1].at if later else now, now, _asked(incident), level)


def _asks_anew(event: Event, incident: Incident) -> bool:
    """Whether somebody is asked from then on who was not, or not so urgently."""
    return event.kind in ASKING_ANEW or (event.kind is Kind.URGENCY and not incident.low)


def _level_after(event: Event, level: int) -> int:
    if event.kind is Kind.ESCALATE:
        return level + 1
    return FIRST_LEVEL if event.kind in {Kind.REOPEN, Kind.DELEGATE} else level


def _asked(incident: Incident) -> tuple[str, ...]:
    return tuple(person.id for person in incident.assigned)

"""A small rota in Tokyo for the tests of health: who was on call, and who was rung."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from toban.domain.health.assessment import assess
from toban.domain.health.facts import Facts
from toban.domain.health.frame import Frame
from toban.domain.health.hours import Clocks, HourRule
from toban.domain.health.nouns import Finding, Interruption, Topic
from toban.domain.health.reachability import SetUp
from toban.domain.health.report import HealthReport
from toban.domain.health.thresholds import Thresholds
from toban.domain.people import Person
from toban.domain.shifts import Shift
from toban.domain.spans import Span

TOKYO = ZoneInfo("Asia/Tokyo")
MONDAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
FRAME = Frame("pay", "Payments", TOKYO, MONDAY)
NAMES = {"a": "Aiko", "b": "Ben", "c": "Cai", "d": "Dai"}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """That many days after the week's Monday, on Tokyo's clock, in UTC."""
    local = datetime(2026, 11, 16, hour, minute, tzinfo=TOKYO) + timedelta(days=day)
    return local.astimezone(UTC)


def rang(day: int, hour: int, person: str = "a", incident: str | None = None) -> Interruption:
    """A call of that person; each is of an incident of its own unless said otherwise."""
    moment = at(day, hour)
    kind = HourRule().kind(moment.astimezone(TOKYO))
    return Interruption(person, moment, kind, incident or f"Q{day}_{hour}_{person}")


def shift(first: int, last: int, person: str = "a", level: int = 1) -> Shift:
    """From midnight to midnight."""
    return Shift(Person(person, NAMES[person]), "E1", "E1", level, start=at(first, 0), end=at(last, 0))


def turns(people: str = "abc", weeks: int = 16) -> tuple[Shift, ...]:
    """People take turns day by day, from twelve weeks before the week's end to three weeks after it."""
    first = 7 * (1 - 12)
    return tuple(shift(first + n, first + n + 1, people[n % len(people)]) for n in range(7 * (weeks - 1)))


def facts(interruptions: tuple[Interruption, ...] = (), **more: Any) -> Facts:
    """Everything known, everybody reachable and in Tokyo, unless said otherwise."""
    values: dict[str, Any] = {
        "interruptions": interruptions,
        "shifts": turns(),
        "people": tuple(SetUp(person, 2, "Asia/Tokyo") for person in NAMES),
        "names": NAMES,
        "clocks": Clocks(TOKYO),
        "known": Span(at(-365, 0), at(8, 0)),
        "planned_until": at(28, 0),
    }
    return Facts(**values | more)


def assessed(known: Facts, thresholds: Thresholds | None = None, frame: Frame = FRAME) -> HealthReport:
    """The report on them."""
    return assess(frame, known, HourRule(), thresholds or Thresholds(), NOW)


def of_team(report: HealthReport, topic: Topic, *, period: bool = False) -> Finding:
    """The team's finding on that topic: of the week, else of the period."""
    (found,) = [one for one in report.of_team if one.topic is topic and (one.span is not None) == period]
    return found

"""What is looked at and what is found. Moments are aware and in UTC."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from toban.domain.health.hours import HourKind
from toban.domain.health.thresholds import CALLS, Limit
from toban.domain.spans import Span


@dataclass(frozen=True)
class Interruption:
    """PagerDuty rang a person once; ``hour_kind`` is by that person's own clock."""

    person_id: str
    at: datetime
    hour_kind: HourKind
    incident_id: str


class Topic(StrEnum):
    """What a finding is about, and the unit of its value."""

    BUSINESS_INTERRUPTIONS = "business_interruptions"  # interruptions at work
    OFF_INTERRUPTIONS = "off_interruptions"  # in free time
    SLEEP_INTERRUPTIONS = "sleep_interruptions"  # in sleep
    NIGHTS = "nights"  # interrupted nights in the period, each person's own
    INTERRUPTED_HOURS = "interrupted_hours"  # hours with an interruption in the period, each person's own
    PEOPLE_BEYOND_NIGHTS = "people_beyond_nights"  # people beyond the limits of the two above
    PEOPLE_BEYOND_HOURS = "people_beyond_hours"
    INCIDENTS_PER_SHIFT = "incidents_per_shift"  # incidents of one shift
    BUSY_SHIFTS = "busy_shifts"  # shifts beyond the limit of the one above
    NIGHT_SHIFT_SHARE = "night_shift_share"  # share of shifts, 0 to 1
    LOAD_GINI = "load_gini"  # 0 (all carry the same) to 1, of people's load in the period
    LOAD_MAX_TO_MEDIAN = "load_max_to_median"  # the highest load in medians
    SHIFT_GINI = "shift_gini"  # the same two, of load per shift
    SHIFT_MAX_TO_MEDIAN = "shift_max_to_median"
    TREND = "trend"  # relative change: 0.25 is a quarter more
    PROJECTED_LOAD = "projected_load"  # expected interruptions
    NOTIFICATION_RULES = "notification_rules"  # a person's number of them; of a team, people without
    TIME_ZONE = "time_zone"  # a person's zone, as PagerDuty names it; of a team, people with a wrong one


class Verdict(StrEnum):
    """What the value says against its threshold."""

    WITHIN = "within"
    BEYOND = "beyond"
    QUESTION = "question"  # may well be right: ask the person
    TOO_LITTLE = "too_little"  # there is too little history; a value is what is known so far
    COUNTED = "counted"  # a plain count: there is no threshold


@dataclass(frozen=True)
class Finding:
    """One thing looked at. ``value`` is None where nothing can be said.

    ``source`` tells where the threshold comes from, or the definition where there is none; ``n`` on how many
    shifts, people, weeks or interruptions the value rests. ``person_id`` is there where it is about one
    person, ``span`` where it is about one shift, the period or a week to come, and not about the week.
    ``people`` is how many persons' own figures are in the value.
    """

    topic: Topic
    verdict: Verdict
    value: float | str | None
    threshold: float | str | None
    source: str
    n: int
    person_id: str | None = None
    span: Span | None = None
    people: int = 1

    @property
    def is_beyond(self) -> bool:
        """Whether it is too much."""
        return self.verdict is Verdict.BEYOND

    @property
    def is_measured(self) -> bool:
        """Whether there was enough to hold against a threshold."""
        return self.verdict in {Verdict.WITHIN, Verdict.BEYOND}


def counted(topic: Topic, value: int, n: int, people: int, span: Span | None) -> Finding:
    """A number of interruptions, or of what they struck; there is no threshold for a team's sum."""
    return Finding(topic, Verdict.COUNTED, value, None, CALLS, n, span=span, people=people)


def so_far(finding: Finding) -> Finding:
    """The same of a week that is not wholly known: what is too much is so already, the rest is open."""
    return finding if finding.is_beyond else replace(finding, verdict=Verdict.TOO_LITTLE)


def measured(
    topic: Topic,
    value: float | None,
    limit: Limit,
    n: int,
    person_id: str | None = None,
    span: Span | None = None,
) -> Finding:
    """A number against its limit, which itself is still within."""
    if value is None:
        verdict = Verdict.TOO_LITTLE
    else:
        verdict = Verdict.BEYOND if value > limit.value else Verdict.WITHIN
    return Finding(topic, verdict, value, limit.value, limit.source, n, person_id, span)

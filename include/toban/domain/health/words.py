"""Phrases that the health messages share: days, loads, amounts."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from toban.domain.health.hours import HourKind
from toban.domain.health.load import Load
from toban.domain.health.nouns import Finding
from toban.domain.health.report import HealthReport
from toban.domain.language import Language
from toban.domain.report.phrases import name_of


def days(report: HealthReport, say: Language) -> str:
    """The first and last day of the week reported."""
    return say.text("{first} – {last}", first=say.day(report.week.start), last=say.day(report.last_day))


def first_day(one: Finding, report: HealthReport, say: Language) -> str:
    """The local day on which the span of what is found begins."""
    return say.day(one.span.start.astimezone(ZoneInfo(report.time_zone)).date()) if one.span else ""


def clock_span(one: Finding, report: HealthReport, say: Language) -> str:
    """The beginning and end of what is found, on the team's clock; of the week where it names no span."""
    if one.span is None:
        return days(report, say)
    zone = ZoneInfo(report.time_zone)
    first, last = (say.moment(moment.astimezone(zone)) for moment in (one.span.start, one.span.end))
    return say.text("{first} – {last}", first=first, last=last)


def by_name(person_ids: Iterable[str], report: HealthReport) -> list[tuple[str, str]]:
    """These people's names, harmless, with their ids; in the order of the names."""
    return sorted((name_of(report.names.get(each, each)), each) for each in person_ids)


def load_in_words(load: Load, say: Language) -> str:
    """All interruptions, by kind of hour, and what they struck."""
    return say.text(
        "{total} ({sleep} at night in {nights} nights, {off} evenings and weekends, "
        "{business} business hours); hours with a call {hours}",
        total=say.number(load.total),
        business=say.number(load.by_kind[HourKind.BUSINESS]),
        off=say.number(load.by_kind[HourKind.OFF]),
        sleep=say.number(load.by_kind[HourKind.SLEEP]),
        nights=say.number(load.nights),
        hours=say.number(load.hours),
    )


def amount(value: float, say: Language) -> str:
    """A whole number as it is, another with one decimal."""
    return say.number(value, 0 if value == int(value) else 1)

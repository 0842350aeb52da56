"""The table of cases, read: who did what when, under which rules, and what it comes to."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from toban.domain.labour.callouts import call_outs
from toban.domain.labour.corrections import Correction, Verdict, corrected
from toban.domain.labour.days import Calendar
from toban.domain.labour.kinds import DayKind
from toban.domain.labour.nouns import CallOut, Deed
from toban.domain.labour.rules import CallOutRule, DayRule, RestRule, Rulebook, Rules
from toban.domain.local_time import Daily
from toban.domain.people import Person
from toban.domain.shifts import Shift
from toban.domain.spans import Span

JP = Rules(
    since=date(2020, 1, 1),
    name="jp",
    call_out=CallOutRule(),
    days=DayRule(legal_weekday=6, free_weekdays=frozenset({5, 6})),
    night=Daily(time(22), time(5)),
    rest=RestRule(timedelta(hours=11), Daily(time(9), time(18))),
)
RULEBOOKS = {
    "jp": Rulebook((JP,)),
    "answered": Rulebook((replace(JP, call_out=CallOutRule(unanswered=False)),)),
    "plain": Rulebook((Rules(date(2020, 1, 1), "plain", days=DayRule(public_holidays=False)),)),
    "changing": Rulebook(
        (
            replace(JP, since=date(2026, 11, 16), night=None, call_out=CallOutRule(timedelta(minutes=20))),
            JP,
        )
    ),
}


def cases() -> list[dict[str, Any]]:
    """All of them, as they stand in the table."""
    text = Path(__file__).with_name("cases.toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["case"]
    return found


def zone_of(case: dict[str, Any]) -> ZoneInfo:
    """The zone of the case's people."""
    return ZoneInfo(case.get("zone", "Asia/Tokyo"))


def moment(text: str, zone: ZoneInfo) -> datetime:
    """In UTC; on the zone's clock where the text has no offset."""
    read = datetime.fromisoformat(text)
    return (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)


def calendar_of(case: dict[str, Any]) -> Calendar:
    """The case's days."""
    moved = {date.fromisoformat(day): DayKind(kind) for day, kind in case.get("moved", {}).items()}
    return Calendar(RULEBOOKS[case.get("rules", "jp")], frozenset(case.get("public_holidays", ())), moved)


def calls_of(case: dict[str, Any]) -> list[CallOut]:
    """What the case's deeds and corrections make."""
    zone, book = zone_of(case), calendar_of(case).rulebook
    deeds = [
        Deed(person, incident, moment(at, zone), kind == "acted")
        for person, incident, at, kind in case.get("deeds", ())
    ]
    found = call_outs(deeds, lambda _, at: book.in_force(at.astimezone(zone).date()).call_out)
    return corrected(found, [_correction(given, zone) for given in case.get("corrections", ())])


def shifts_of(case: dict[str, Any]) -> list[Shift]:
    """Who was on call."""
    zone = zone_of(case)
    return [
        Shift(
            Person(person, person.title(), f"{person}@example.com", str(zone)),
            "PPOL",
            "Shop",
            level,
            start=moment(start, zone),
            end=moment(end, zone),
        )
        for person, level, start, end in case.get("shifts", ())
    ]


def _correction(given: list[str], zone: ZoneInfo) -> Correction:
    key, verdict, at, *span = given
    times = [moment(text, zone) for text in span]
    return Correction(
        key, Verdict(verdict), "boss", moment(at, zone), "as agreed", Span(*times) if times else None
    )

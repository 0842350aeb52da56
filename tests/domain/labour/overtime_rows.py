"""The tables of overtime, read."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from domain.labour.labour_cases import JP
from toban.domain.labour.attendance import Attended, Clocked, Counted
from toban.domain.labour.limits import AgreementRule, OvertimeRule
from toban.domain.labour.month_name import MonthName
from toban.domain.labour.overtime import Bands
from toban.domain.labour.rules import Rulebook

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
EIGHT = OvertimeRule(8 * HOUR, 40 * HOUR, 6, 60 * HOUR, Decimal("0.25"), Decimal("0.5"))
LIMITS = AgreementRule(4, 45 * HOUR, 360 * HOUR, 100 * HOUR, 80 * HOUR, 720 * HOUR, 6)
WITH_OVERTIME = replace(JP, overtime=EIGHT, agreement=LIMITS)
SHORTER = replace(WITH_OVERTIME, since=date(2026, 11, 16), overtime=replace(EIGHT, daily=7.5 * HOUR))
BOOKS = {"eight": Rulebook((WITH_OVERTIME,)), "shorter": Rulebook((WITH_OVERTIME, SHORTER))}


def table(name: str) -> list[dict[str, Any]]:
    """All cases, as they stand in the file of that name."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["case"]
    return found


def attended(row: list[Any]) -> Attended:
    """A line of attendance."""
    day = date.fromisoformat(row[0])
    if isinstance(row[1], int):
        return Counted(day, row[1] * MINUTE, row[2] * MINUTE if len(row) > 2 else None)
    return Clocked(day, _clock(row[1]), _clock(row[2]), (row[3] if len(row) > 3 else 0) * MINUTE)


def bands(given: dict[str, int], *, night_known: bool = True) -> Bands:
    """In minutes; what is not named is zero."""
    found = Bands(**{key: number * MINUTE for key, number in given.items()})
    return found if night_known else replace(found, night=None)


def month_name(text: str) -> MonthName:
    """As 2026-11."""
    return MonthName(int(text[:4]), int(text[5:]))


def _clock(text: str) -> timedelta:
    hours, minutes = text.split(":")
    return int(hours) * HOUR + int(minutes) * MINUTE

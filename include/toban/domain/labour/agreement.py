"""Where a person stands against the limits of long hours, or which months are missing to say so."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from toban.domain.labour.limits import AgreementRule
from toban.domain.labour.month_name import MonthName
from toban.domain.labour.overtime import NONE, Bands

Months = Mapping[MonthName, Bands]
MEANS = range(2, 7)  # the special clause's mean is of two to six months


class Limit(StrEnum):
    """What is limited."""

    MONTH = "month"
    YEAR = "year"
    SPECIAL_MONTH = "special_month"
    SPECIAL_MEAN = "special_mean"
    SPECIAL_YEAR = "special_year"
    SPECIAL_MONTHS = "special_months"


@dataclass(frozen=True)
class Reading:
    """``value`` (hours worked, or a number of months) against ``bound``.

    ``value`` is None where ``missing`` names months without attendance; ``passed`` may be known all the same.
    """

    limit: Limit
    bound: timedelta | int
    value: timedelta | int | None
    passed: bool
    missing: tuple[MonthName, ...] = ()


def months_needed(rule: AgreementRule, month: MonthName) -> list[MonthName]:
    """What the limits of that month look at, newest first: the agreement's year, and the last six months."""
    return sorted({*month.since(rule.year_begins), *month.last(MEANS[-1])}, reverse=True)


def readings(rule: AgreementRule, month: MonthName, known: Months) -> tuple[Reading, ...]:
    """In the order of ``Limit``, only those that the rule has; ``known`` are the months with attendance."""
    year = month.since(rule.year_begins)
    found: dict[Limit, Reading | None] = {
        Limit.MONTH: _sum(Limit.MONTH, rule.month, [month], known, _overtime),
        Limit.YEAR: _sum(Limit.YEAR, rule.year, year, known, _overtime),
        Limit.SPECIAL_MONTH: _below(rule, month, known),
        Limit.SPECIAL_MEAN: _mean(rule, month, known),
        Limit.SPECIAL_YEAR: _sum(Limit.SPECIAL_YEAR, rule.special_year, year, known, _overtime),
        Limit.SPECIAL_MONTHS: _long_months(rule, year, known),
    }
    return tuple(reading for reading in found.values() if reading is not None)


def _overtime(bands: Bands) -> timedelta:
    return bands.all_overtime


def _with_holidays(bands: Bands) -> timedelta:
    return bands.all_overtime + bands.holiday


def _missing(months: Sequence[MonthName], known: Months) -> tuple[MonthName, ...]:
    return tuple(sorted(month for month in months if month not in known))


def _sum(
    limit: Limit,
    bound: timedelta | None,
    months: Sequence[MonthName],
    known: Months,
    of: Callable[[Bands], timedelta],
) -> Reading | None:
    if bound is None:
        return None
    missing = _missing(months, known)
    value = sum((of(known[month]) for month in months if month in known), NONE)
    return Reading(limit, bound, None if missing else value, value > bound, missing)


def _below(rule: AgreementRule, month: MonthName, known: Months) -> Reading | None:
    """This one limit must not even be reached."""
    if rule.special_month is None:
        return None
    if month not in known:
        return Reading(Limit.SPECIAL_MONTH, rule.special_month, None, False, (month,))
    value = _with_holidays(known[month])
    return Reading(Limit.SPECIAL_MONTH, rule.special_month, value, value >= rule.special_month)


def _mean(rule: AgreementRule, month: MonthName, known: Months) -> Reading | None:
    """The highest of the means."""
    if rule.special_mean is None:
        return None
    missing = _missing(month.last(MEANS[-1]), known)
    means = list(_known_means(month, known))
    passed = any(mean > rule.special_mean for mean in means)
    return Reading(Limit.SPECIAL_MEAN, rule.special_mean, None if missing else max(means), passed, missing)


def _known_means(month: MonthName, known: Months) -> Iterator[timedelta]:
    for count in MEANS:
        months = month.last(count)
        if not _missing(months, known):
            yield sum((_with_holidays(known[each]) for each in months), NONE) / count


def _long_months(rule: AgreementRule, year: Sequence[MonthName], known: Months) -> Reading | None:
    bound, month = rule.special_months, rule.month
    if bound is None or month is None:
        return None
    missing = _missing(year, known)
    value = sum(_overtime(known[each]) > month for each in year if each in known)
    return Reading(Limit.SPECIAL_MONTHS, bound, None if missing else value, value > bound, missing)

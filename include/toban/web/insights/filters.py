"""What the address asks for: a period, what it is compared with, and which incidents count."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from starlette.datastructures import QueryParams

from toban.clients.warehouse import Choice
from toban.domain.claims import Claims
from toban.domain.insights.buckets import Unit, fitting_unit
from toban.domain.insights.periods import Comparison, Period, compared_with, last_days
from toban.errors import UsageError
from toban.settings import ReportingSettings

PERIODS = {"7d": 7, "28d": 28, "90d": 90, "365d": 365}
USUAL = "90d"
COMPARISONS = ("before", "year", "none")
UNITS = ("day", "week", "month")
# The names in an address -> what `Choice` calls them; ids where names may be shared.
ONLY = {
    "team": "team_id",
    "service": "service_id",
    "policy": "policy_id",
    "urgency": "urgency",
    "priority": "priority",
    "tool": "monitoring_tool",
}
RESPONDER = "responder"  # ids too, of persons: only those who may see persons choose by it
LONGEST, MOST_VALUES = 200, 100  # characters of a value; values of one name
YEARS = range(2000, 2101)


@dataclass(frozen=True)
class OwnTeam:
    """A team of toban.toml: its name, and what it answers for."""

    name: str
    claims: Claims


@dataclass(frozen=True)
class Filters:
    """``preset`` is the name of the period, None where days were given; ``choice`` are the incidents.

    ``owner`` is the id of the team in toban.toml whose incidents they are, as its weekly report counts them;
    ``teams`` are those there are, by id.
    """

    choice: Choice
    period: Period
    preset: str | None
    compare: Comparison
    unit: Unit
    owner: str | None
    teams: Mapping[str, OwnTeam]

    @property
    def before(self) -> Choice | None:
        """The incidents that are compared with; None where nothing is."""
        period = compared_with(self.period, self.compare)
        return replace(self.choice, since=period.since, until=period.until) if period else None

    @property
    def zone(self) -> ZoneInfo:
        """The zone on whose clock days are cut."""
        return ZoneInfo(self.choice.time_zone)

    def chosen(self, name: str) -> list[str]:
        """The values chosen for one name of `ONLY`, or for `RESPONDER`."""
        if name == RESPONDER:
            return list(self.choice.responders)
        return list(self.choice.only.get(ONLY[name], ()))


def read_filters(
    given: QueryParams, now: datetime, reporting: ReportingSettings, teams: Mapping[str, OwnTeam]
) -> Filters:
    """The filters of an address; raises UsageError for a value that is none."""
    owner = _one_of(given, "owner", teams)
    # Made first, as it refuses a zone that there is not.
    choice = Choice(
        time_zone=given.get("tz") or reporting.time_zone,
        only={ONLY[name]: values for name in ONLY if (values := _values(given, name))},
        claims=teams[owner].claims if owner else None,
        responders=_values(given, RESPONDER),
    )
    period, preset = _period(given, now.astimezone(ZoneInfo(choice.time_zone)).date())
    unit = cast("Unit | None", _one_of(given, "by", UNITS))
    return Filters(
        choice=replace(choice, since=period.since, until=period.until),
        period=period,
        preset=preset,
        compare=cast("Comparison", _one_of(given, "compare", COMPARISONS) or "before"),
        unit=fitting_unit(period.since, period.until, unit),
        owner=owner,
        teams=teams,
    )


def _period(given: QueryParams, today: date) -> tuple[Period, str | None]:
    """Days that are given count more than the name of a period; a missing one is the other's limit."""
    since, until = _day(given.get("since")), _day(given.get("until"))
    if not since and not until:
        preset = _one_of(given, "period", PERIODS) or USUAL
        return last_days(PERIODS[preset], today), preset
    until = until or max(today, since or today)
    return Period(since or last_days(PERIODS[USUAL], until).since, until), None


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text[:LONGEST]!r} is no day; write it as 2026-11-28.") from None
    if day.year not in YEARS:
        raise UsageError(f"{day} is too far away; use a day from {YEARS[0]} to {YEARS[-1]}.")
    return day


def _values(given: QueryParams, name: str) -> list[str]:
    values = [value for value in given.getlist(name) if value]
    if len(values) > MOST_VALUES or len(max(values, key=len, default="")) > LONGEST:
        raise UsageError(f"{name} holds more than {MOST_VALUES} values, or one over {LONGEST} characters.")
    return values


def _one_of(given: QueryParams, name: str, known: Mapping[str, object] | tuple[str, ...]) -> str | None:
    value = given.get(name)
    if value and value not in known:
        raise UsageError(f"{name} = {value[:LONGEST]!r} is unknown; use {', '.join(known)}.")
    return value or None

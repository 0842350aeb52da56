"""The report as tables: a line per person, each call-out as evidence, and the rules that made them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from toban.domain.labour.kinds import DayKind
from toban.domain.labour.minutes import Totals
from toban.domain.labour.month import Period, PersonMonth
from toban.domain.labour.nouns import CallOut, Standing
from toban.domain.labour.rest import Shortfall
from toban.domain.labour.rules import Rulebook, Rules
from toban.domain.labour.staff import Staff
from toban.domain.language import Language

Cell = str | int | float | None
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would work out instead of showing


@dataclass(frozen=True)
class Table:
    """``name`` is the sheet's; every row is as long as the headings."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class IncidentTitle:
    """An incident as the evidence shows it; the title is as it came."""

    number: int
    title: str
    url: str | None = None


def month_table(months: Iterable[PersonMonth], staff: Mapping[str, Staff], say: Language) -> Table:
    """A line per person: hours stood by, calls, minutes by kind, rest, days in a row, allowances."""
    found = [_month(one, staff[one.person_id], say) for one in months]
    headings = tuple(found[0]) if found else ()
    return Table(say.text("Month"), headings, tuple(tuple(row.values()) for row in found))


def evidence_table(
    months: Iterable[PersonMonth],
    staff: Mapping[str, Staff],
    titles: Mapping[str, IncidentTitle],
    say: Language,
) -> Table:
    """A line per call-out: when, how sure, what made it, and the incidents it was for."""
    rows = [_evidence(call, staff[one.person_id], titles, say) for one in months for call in one.call_outs]
    headings = tuple(rows[0]) if rows else ()
    return Table(say.text("Call-outs"), headings, tuple(tuple(row.values()) for row in rows))


def rules_table(rulebook: Rulebook, period: Period, say: Language) -> Table:
    """The versions in force in the month, and what the report does not compute."""
    versions = [rules for rules, _ in groupby(period.days, key=rulebook.in_force)]
    rows: list[tuple[Cell, ...]] = [line for rules in versions for line in _rules(rules, say)]
    rows += [
        (
            say.text("Overtime, limits of a 36 agreement"),
            say.text("not computed: no attendance was given"),
        ),
        (
            say.text("Please note"),
            say.text("No legal advice: have the rules checked by somebody who may give it."),
        ),
    ]
    return Table(say.text("Rules"), (say.text("Rule"), say.text("Value")), tuple(rows))


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _month(one: PersonMonth, staff: Staff, say: Language) -> dict[str, Cell]:
    kinds = {
        DayKind.WORKDAY: say.text("working day"),
        DayKind.LEGAL_HOLIDAY: say.text("legal holiday"),
        DayKind.OTHER_HOLIDAY: say.text("other holiday"),
    }
    unsure = sum(call.standing is Standing.TO_CONFIRM for call in one.call_outs)
    return {
        say.text("Employee number"): harmless(staff.employee_number or ""),
        say.text("Name"): harmless(staff.legal_name or staff.name),
        **_standby_hours(one.standby, kinds, say),
        say.text("Call-outs, number"): one.calls,
        say.text("Response minutes"): one.responses.total / MINUTE,
        **_minutes(one.responses, kinds, say),
        say.text("Call-outs to confirm"): unsure,
        say.text("Too short rests"): len(one.shortfalls),
        say.text("Rest missing, hours"): sum((each.missing for each in one.shortfalls), timedelta()) / HOUR,
        say.text("Days of too short rest"): ", ".join(_shortfall(each) for each in one.shortfalls),
        say.text("Days on call in a row"): one.longest_run,
        say.text("Standby allowance"): _money(one.allowances.standby),
        say.text("Call-out fees"): _money(one.allowances.call_outs),
        say.text("Response pay"): _money(one.allowances.response),
    }


def _standby_hours(standby: Totals, kinds: Mapping[DayKind, str], say: Language) -> dict[str, Cell]:
    return {say.text("Standby hours, {kind}", kind=kinds[kind]): standby.on(kind) / HOUR for kind in DayKind}


def _minutes(responses: Totals, kinds: Mapping[DayKind, str], say: Language) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for (kind, night), time in responses.by_kind.items():
        by_night = say.text("Minutes at night, {kind}", kind=kinds[kind])
        cells[by_night if night else say.text("Minutes by day, {kind}", kind=kinds[kind])] = time / MINUTE
    return cells


def _evidence(
    call: CallOut, staff: Staff, titles: Mapping[str, IncidentTitle], say: Language
) -> dict[str, Cell]:
    known = [titles.get(incident, IncidentTitle(0, incident)) for incident in call.incident_ids]
    standings = {
        Standing.COUNTED: say.text("by the rule"),
        Standing.TO_CONFIRM: say.text("to confirm"),
        Standing.CORRECTED: say.text("corrected"),
        Standing.CONFIRMED: say.text("confirmed"),
        Standing.WITHDRAWN: say.text("withdrawn"),
    }
    begun, ended = (at.astimezone(staff.zone) for at in (call.span.start, call.span.end))
    told = call.told.end.astimezone(staff.zone)
    return {
        say.text("Employee number"): harmless(staff.employee_number or ""),
        say.text("Name"): harmless(staff.legal_name or staff.name),
        say.text("From"): begun.isoformat(" ", "seconds"),
        say.text("Until"): ended.isoformat(" ", "seconds"),
        say.text("Minutes"): call.span.length / MINUTE,
        say.text("Standing"): standings[call.standing],
        say.text("PagerDuty tells until"): told.isoformat(" ", "seconds"),
        say.text("Rules"): _call_out_rule(call, say),
        say.text("Incidents"): harmless("; ".join(f"#{each.number} {each.title}" for each in known)),
        say.text("Links"): "; ".join(each.url for each in known if each.url),
    }


def _call_out_rule(call: CallOut, say: Language) -> str:
    rule = call.rule
    return say.text(
        "last deed + {tail} min, at least {shortest}, at most {longest} min",
        tail=rule.tail // MINUTE,
        shortest=rule.shortest // MINUTE,
        longest=rule.longest // MINUTE,
    )


def _rules(rules: Rules, say: Language) -> Sequence[tuple[Cell, ...]]:
    rest = rules.rest.shortest
    night = f"{rules.night.start:%H:%M}-{rules.night.end:%H:%M}" if rules.night else say.text("none")
    since = "" if rules.since == date.min else rules.since.isoformat()
    return [
        (say.text("Rules"), f"{rules.name} {since}".strip()),
        (say.text("Night"), night),
        (say.text("Rest between duties, hours"), say.text("not computed") if rest is None else rest / HOUR),
    ]


def _shortfall(shortfall: Shortfall) -> str:
    return f"{shortfall.day.isoformat()} ({shortfall.missing / HOUR:.2f} h)"


def _money(amount: Decimal | None) -> Cell:
    return None if amount is None else float(amount)

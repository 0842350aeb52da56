"""A line per call-out: when, how sure, what made it, and the incidents it was for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toban.domain.labour.month import PersonMonth
from toban.domain.labour.nouns import CallOut, Standing
from toban.domain.labour.sheets.table import MINUTE, Cell, Table, moment, table, who
from toban.domain.labour.staff import Staff
from toban.domain.language import Language


@dataclass(frozen=True)
class IncidentTitle:
    """An incident as the evidence shows it; the title is as it came."""

    number: int
    title: str
    url: str | None = None


def evidence_table(
    months: Iterable[PersonMonth],
    staff: Mapping[str, Staff],
    titles: Mapping[str, IncidentTitle],
    say: Language,
) -> Table:
    """In the order of ``months``, by time; ``staff`` is by person id, ``titles`` by incident id."""
    calls = [(call, staff[one.person_id]) for one in months for call in one.call_outs]
    return table(say.text("Call-outs"), [_line(call, person, titles, say) for call, person in calls])


def _line(call: CallOut, staff: Staff, titles: Mapping[str, IncidentTitle], say: Language) -> dict[str, Cell]:
    standings = {
        Standing.COUNTED: say.text("by the rule"),
        Standing.TO_CONFIRM: say.text("to confirm"),
        Standing.CORRECTED: say.text("corrected"),
        Standing.CONFIRMED: say.text("confirmed"),
        Standing.WITHDRAWN: say.text("withdrawn"),
    }
    known = [titles.get(incident, IncidentTitle(0, incident)) for incident in call.incident_ids]
    return {
        **who(staff, say),
        say.text("From"): moment(call.span.start, staff),
        say.text("Until"): moment(call.span.end, staff),
        say.text("Minutes"): call.span.length / MINUTE,
        say.text("Standing"): standings[call.standing],
        say.text("PagerDuty tells until"): moment(call.told.end, staff),
        say.text("Rules"): _rule(call, say),
        say.text("Incidents"): "; ".join(f"#{each.number} {each.title}" for each in known),
        say.text("Links"): "; ".join(each.url for each in known if each.url),
        say.text("Key for corrections"): call.key,
    }


def _rule(call: CallOut, say: Language) -> str:
    return say.text(
        "last deed + {tail} min, at least {shortest}, at most {longest} min",
        tail=call.rule.tail // MINUTE,
        shortest=call.rule.shortest // MINUTE,
        longest=call.rule.longest // MINUTE,
    )

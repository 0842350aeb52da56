"""A labour month: counted, with what people say of it; once it is closed, as it was closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from toban.clients.labour_data import read_titles
from toban.clients.ledger import Ledger
from toban.domain.labour.answers import Answer, Standpoint, Word, standpoint
from toban.domain.labour.closing import Closing, Settlement
from toban.domain.labour.figures import Difference, TeamFigures, differences, team_figures
from toban.domain.labour.month import Period
from toban.domain.labour.sheets.confirmation import confirmation_table, with_states
from toban.domain.labour.sheets.corrections import corrections_table
from toban.domain.labour.sheets.differences import differences_table
from toban.domain.labour.sheets.evidence import IncidentTitle, evidence_table
from toban.domain.labour.sheets.month import month_table
from toban.domain.labour.sheets.overtime import overtime_table
from toban.domain.labour.sheets.rules import rules_table
from toban.domain.labour.sheets.table import Table
from toban.domain.labour.staff import Staff
from toban.domain.language import Language
from toban.jobs.labour.counting import Counted, Counter
from toban.jobs.labour.csv_columns import mapped
from toban.jobs.labour.later_changes import LaterChanges, later_changes


@dataclass(frozen=True)
class LabourReport:
    """A month as it is counted today, and as tables: those of a closed month are as it was closed.

    ``settlement`` is what closing it now would settle; ``standpoints`` are by person id, in the tables'
    order. ``changes`` are those of closed months, this one included; ``titles`` are by incident id.
    """

    team_id: str
    counted: Counted
    settlement: Settlement
    standpoints: Mapping[str, Standpoint]
    closing: Closing | None
    tables: tuple[Table, ...]
    changes: tuple[Difference, ...]
    titles: Mapping[str, IncidentTitle]

    @property
    def period(self) -> Period:
        """Which month."""
        return self.counted.period

    @property
    def csv(self) -> Table:
        """The month for another system: in its columns, or as people read it."""
        return (self.closing or self.settlement).csv or self.tables[0]

    @property
    def figures(self) -> TeamFigures:
        """Those that count: of a closed month what was settled."""
        return self.closing.figures if self.closing else self.settlement.figures


def month_report(counter: Counter, ledger: Ledger, period: Period, say: Language) -> LabourReport:
    """The report of one labour month; raises WarehouseError, SettingsError and LedgerError."""
    book, team = ledger.labour, counter.team
    counter = replace(counter, corrections=tuple(book.corrections(team.id)))
    counted, earlier = counter.count(period), later_changes(counter, ledger, period)
    titles, rules = _titles(counter, counted), counted.calendar.rulebook.in_force(period.last)
    settlement = Settlement(
        month=period.name,
        figures=team_figures(counted.months),
        tables=_counted_tables(counter, counted, earlier, titles, say),
        earlier=earlier.now,
        csv=mapped(team.labour, counted, rules) if team.labour.csv.columns else None,
    )
    closing = book.closings.of(team.id, period.name)
    figures = closing.figures if closing else settlement.figures
    heard = [one for one in book.answers(team.id, period.name) if closing is None or one.at <= closing.at]
    standpoints = {person: standpoint(person, own, heard) for person, own in figures.items()}
    approval = _approval(heard, settlement if closing is None else None)
    since = _since_closed(ledger, team.id, settlement) if closing else []
    return LabourReport(
        team_id=team.id,
        counted=counted,
        settlement=settlement,
        standpoints=standpoints,
        closing=closing,
        tables=_tables(closing or settlement, counted, standpoints, approval, since, team.zone, say),
        changes=(*earlier.differences, *since),
        titles=titles,
    )


def _titles(counter: Counter, counted: Counted) -> Mapping[str, IncidentTitle]:
    calls = (call for one in counted.months for call in one.call_outs)
    return read_titles(counter.snapshot, {incident for call in calls for incident in call.incident_ids})


def _counted_tables(
    counter: Counter,
    counted: Counted,
    earlier: LaterChanges,
    titles: Mapping[str, IncidentTitle],
    say: Language,
) -> tuple[Table, ...]:
    months, staff = counted.months, counted.staff
    rules = counted.calendar.rulebook.in_force(counted.period.last)
    found = (
        overtime_table(counted.overtime, staff, rules, say),
        evidence_table(months, staff, titles, say),
        corrections_table(counter.corrections, months, staff, say),
        differences_table(say.text("Earlier months"), earlier.differences, staff, say),
        rules_table(
            counted.calendar.rulebook, counted.period, say, attendance=counter.attendance is not None
        ),
    )
    return month_table(months, staff, say, rules.rounding), *(table for table in found if table.rows)


def _tables(
    shown: Closing | Settlement,
    counted: Counted,
    standpoints: Mapping[str, Standpoint],
    approval: Answer | None,
    since: Sequence[Difference],
    zone: ZoneInfo,
    say: Language,
) -> tuple[Table, ...]:
    """As counted or closed, with how far each person is, and what of a closed month is otherwise today."""
    month, *others = shown.tables
    staff = {person: Staff(person, person, zone) for person in shown.figures} | dict(counted.staff)
    found = [
        with_states(month, [one.state for one in standpoints.values()], say),
        *others,
        confirmation_table(standpoints, staff, approval, zone, say),
    ]
    if since:
        found.append(differences_table(say.text("Changed since"), since, staff, say))
    return tuple(found)


def _approval(heard: Sequence[Answer], proposal: Settlement | None) -> Answer | None:
    """The manager's answer to what is proposed; of a closed month the one that closed it."""
    said = [one for one in heard if one.word is Word.APPROVED]
    return next(
        (one for one in reversed(said) if proposal is None or one.figures == proposal.fingerprint), None
    )


def _since_closed(ledger: Ledger, team_id: str, settlement: Settlement) -> list[Difference]:
    settled = ledger.labour.closings.settled(team_id, settlement.month) or {}
    return differences(settlement.month, settled, settlement.figures)

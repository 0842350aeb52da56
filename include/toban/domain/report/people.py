"""Calls by person: for the people channel alone, and never a ranking of who did well."""

from collections.abc import Sequence

from toban.domain.language import Language
from toban.domain.message import Message, context, section
from toban.domain.report.nouns import PersonCalls, Report
from toban.domain.report.phrases import name_of, titled, week_days


def people_message(report: Report, calls: Sequence[PersonCalls], say: Language) -> Message:
    """Who was called how often in the week; names nobody in a way that rings."""
    title = say.text("Calls by person, {days}", days=week_days(report, say))
    rows = [_row(each, say) for each in calls] or [say.text("Nobody was called.")]
    note = say.text(
        "Pushes, calls and SMS by the called person's own clock; calls within a minute count once."
    )
    return Message(title, (section(titled(title, rows)), context([note])))


def _row(calls: PersonCalls, say: Language) -> str:
    return say.text(
        "• {name}: {sleep} at night ({nights} nights), {off} in the evening or at the weekend, "
        "{business} in business hours",
        name=name_of(calls.person),
        sleep=say.number(calls.sleep),
        nights=say.number(calls.nights),
        off=say.number(calls.off_hours),
        business=say.number(calls.business),
    )

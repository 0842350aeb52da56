"""The team's month for its private channel: what it comes to, how far each person is, what changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from toban.domain.controls import actions
from toban.domain.labour.answers import Standpoint, State
from toban.domain.labour.figures import Difference
from toban.domain.labour.messages.amounts import hours, minutes
from toban.domain.labour.month import PersonMonth
from toban.domain.labour.nouns import Standing
from toban.domain.labour.sheets.confirmation import state_name
from toban.domain.labour.sheets.differences import figure_names
from toban.domain.labour.staff import Staff
from toban.domain.language import Language
from toban.domain.message import Block, Message, bold, context, escape, section
from toban.domain.presses.months import MonthAbout, approval_button

LINES = 15  # in one section, whose limit is 3,000 characters
CHANGES = 10


@dataclass(frozen=True)
class TeamMonth:
    """What the message is about. ``unreached`` are the people (ids) whom no direct message reaches.

    ``closed`` is by whom and when; ``files`` the names of what was written.
    """

    name: str
    month: str
    months: Sequence[PersonMonth]
    staff: Mapping[str, Staff]
    standpoints: Mapping[str, Standpoint]
    changes: Sequence[Difference]
    unreached: Sequence[str] = ()
    files: Sequence[str] = ()
    closed: tuple[str, datetime] | None = None


def team_message(one: TeamMonth, about: MonthAbout | None, say: Language) -> Message:
    """``about`` makes the button for approval; None where nobody may press it."""
    title = say.text("On-call month {month}, {team}", month=one.month, team=one.name)
    sums = _sums(one, say)
    blocks: list[Block] = [section(f"{bold(title)}\n{sums}")]
    people = list(_people(one, say))
    blocks += [section("\n".join(people[at : at + LINES])) for at in range(0, len(people), LINES)]
    remarks = list(_remarks(one, say))
    if remarks:
        blocks.append(section("\n".join(remarks)))
    blocks.append(context([say.text("Counted by the team's rules from PagerDuty; no legal advice.")]))
    if about and not one.closed:
        blocks.append(actions("toban:labour", [approval_button(about, say)]))
    return Message(f"{escape(title)}: {sums}", tuple(blocks))


def _sums(one: TeamMonth, say: Language) -> str:
    standby = sum((each.standby.total for each in one.months), timedelta())
    worked = sum((each.responses.total for each in one.months), timedelta())
    return say.text(
        "{people} people, {hours} h of standby, {calls} call-outs, {minutes} min; {open} still open",
        people=len(one.months),
        hours=hours(standby, say),
        calls=sum(each.calls for each in one.months),
        minutes=minutes(worked, say),
        open=sum(each.state is State.OPEN for each in one.standpoints.values()),
    )


def _people(one: TeamMonth, say: Language) -> Iterator[str]:
    for each in one.months:
        staff, stand = one.staff[each.person_id], one.standpoints.get(each.person_id)
        line = say.text(
            "• {name}: {hours} h of standby, {calls} call-outs, {minutes} min ({night} at night)",
            name=bold(staff.legal_name or staff.name),
            hours=hours(each.standby.total, say),
            calls=each.calls,
            minutes=minutes(each.responses.total, say),
            night=minutes(each.responses.night, say),
        )
        if each.shortfalls:
            line += ", " + say.text("rest too short {n} times", n=len(each.shortfalls))
        yield f"{line} — {state_name(stand.state if stand else State.OPEN, say)}"


def _remarks(one: TeamMonth, say: Language) -> Iterator[str]:
    unsure = sum(call.standing is Standing.TO_CONFIRM for each in one.months for call in each.call_outs)
    if unsure:
        yield say.text("{n} call-outs are longer than the rule lets count unasked: to confirm.", n=unsure)
    if one.unreached:
        names = ", ".join(escape(one.staff[person].name) for person in one.unreached)
        yield say.text("Not in Slack, please ask them: {names}", names=names)
    names_of_figures = figure_names(say)
    for change in one.changes[:CHANGES]:
        person = one.staff.get(change.person_id)
        yield say.text(
            "Changed since {month} was closed: {name}, {figure}",
            month=change.month,
            name=escape(person.name if person else change.person_id),
            figure=names_of_figures[change.figure],
        )
    if len(one.changes) > CHANGES:
        yield say.text("… and {n} more changes in the file", n=len(one.changes) - CHANGES)
    if one.files:
        yield say.text("Written: {files}", files=", ".join(escape(name) for name in one.files))
    if one.closed:
        by, at = one.closed
        yield bold(say.text("Closed by {name}, {at}", name=by, at=say.moment(at)))

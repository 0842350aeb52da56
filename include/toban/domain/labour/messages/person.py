"""A person's month by direct message, to be confirmed or disputed."""

from collections.abc import Iterator, Mapping, Sequence

from toban.domain.controls import actions
from toban.domain.labour.kind_names import kind_names
from toban.domain.labour.messages.amounts import hours, minutes
from toban.domain.labour.month import PersonMonth
from toban.domain.labour.nouns import CallOut, Standing
from toban.domain.labour.sheets.evidence import IncidentTitle
from toban.domain.labour.staff import Staff
from toban.domain.language import Language
from toban.domain.message import Block, Message, bold, context, escape, header, link, section
from toban.domain.presses.months import MonthAbout, answer_buttons

LISTED = 20  # call-outs; the file has them all


def month_message(
    one: PersonMonth,
    staff: Staff,
    team: str,
    titles: Mapping[str, IncidentTitle],
    about: MonthAbout | None,
    say: Language,
) -> Message:
    """``about`` makes the buttons; None where presses arrive nowhere. ``titles`` are by incident id."""
    title = say.text("Your on-call month {month}, {team}", month=one.period.name, team=team)
    ask = say.text(
        "Is this right? Please answer; silence is not taken for a yes. Your manager sees the answer."
    )
    blocks: list[Block] = [header(title), section(ask), section("\n".join(_totals(one, say)))]
    if one.call_outs:
        blocks.append(section("\n".join(_calls(one.call_outs, staff, titles, say))))
    blocks.append(context([_note(say)]))
    if about:
        blocks.append(actions("toban:labour", answer_buttons(about, say)))
    return Message(say.text("{title}: is it right?", title=escape(title)), tuple(blocks))


def _totals(one: PersonMonth, say: Language) -> Iterator[str]:
    kinds = kind_names(say)
    stood_by = ", ".join(
        f"{name} {hours(one.standby.on(kind), say)}" for kind, name in kinds.items() if one.standby.on(kind)
    )
    total = hours(one.standby.total, say)
    yield "• " + bold(say.text("Standby: {hours} h", hours=total)) + (f" ({stood_by})" if stood_by else "")
    yield "• " + bold(_response(one, say))
    for each in one.shortfalls:
        yield "• " + say.text(
            "Before {day} the rest was {hours} h too short",
            day=say.day(each.day),
            hours=hours(each.missing, say),
        )
    yield "• " + say.text("Days on call in a row: {n}", n=one.longest_run)
    if one.allowances.total:
        yield "• " + say.text("Allowances: {amount}", amount=say.number(float(one.allowances.total), 2))


def _response(one: PersonMonth, say: Language) -> str:
    night = one.responses.night
    return say.text(
        "Call-outs: {n}, {minutes} min, {night} of them at night",
        n=one.calls,
        minutes=minutes(one.responses.total, say),
        night=minutes(night, say),
    )


def _calls(
    calls: Sequence[CallOut], staff: Staff, titles: Mapping[str, IncidentTitle], say: Language
) -> Iterator[str]:
    for call in calls[:LISTED]:
        begin, end = (at.astimezone(staff.zone) for at in (call.span.start, call.span.end))
        length = say.duration(call.span.length.total_seconds())
        shown = " ".join(_incident(titles.get(each, IncidentTitle(0, each))) for each in call.incident_ids)
        yield f"• {say.moment(begin)}–{say.clock(end)} ({length}) {shown}{_standing(call, say)}"
    if len(calls) > LISTED:
        yield say.text("… and {n} more in the manager's file", n=len(calls) - LISTED)


def _incident(title: IncidentTitle) -> str:
    name = f"#{title.number} {title.title}"
    return link(title.url, name) if title.url else escape(name)


def _standing(call: CallOut, say: Language) -> str:
    if call.standing is Standing.TO_CONFIRM:
        told = say.duration(call.told.length.total_seconds())
        return " — " + bold(say.text("to confirm: PagerDuty tells of {told}", told=told))
    if call.standing is Standing.COUNTED:
        return ""
    names = {
        Standing.CORRECTED: say.text("corrected"),
        Standing.CONFIRMED: say.text("confirmed"),
        Standing.WITHDRAWN: say.text("withdrawn"),
    }
    return f" — {names[call.standing]}"


def _note(say: Language) -> str:
    return say.text(
        "Counted from PagerDuty by your team's rules. PagerDuty shows only a trace of the work, and this is "
        "no legal advice."
    )

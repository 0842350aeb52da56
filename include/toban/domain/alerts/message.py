"""The message that heads an incident's thread: what it is, whom it asks, and how it stands."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from toban.domain.alerts.nouns import Incident, Status, Thread
from toban.domain.alerts.speech import Speech
from toban.domain.message import Block, Message, bold, context, escape, link, section
from toban.domain.mrkdwn import cut

LOCKED_PHONE = 110  # so much of a message a locked phone shows
SIGNS = {Status.TRIGGERED: ":red_circle:", Status.ACKNOWLEDGED: ":large_yellow_circle:"}
DONE = ":white_check_mark:"


def head_message(
    incident: Incident,
    thread: Thread,
    speech: Speech,
    *,
    rings: bool,
    waits: datetime | None = None,
    buttons: Sequence[Block] = (),
) -> Message:
    """The head as it must read now; ``rings``: those asked are mentioned (a later edit rings nobody).

    ``waits`` is when they are mentioned, where that waits.
    """
    title = cut(bold(incident.title), 1_000)
    opens = f" · {link(incident.url, f'#{incident.number}')}" if incident.url else f" · #{incident.number}"
    blocks = [
        section(f"{_sign(incident)} {_priority(incident)}{title}{opens}"),
        section(standing(incident, speech, rings=rings, waits=waits)),
        context([" · ".join(_facts(incident, thread, speech))]),
        *buttons,
    ]
    return Message(phone_text(incident), tuple(blocks))


def phone_text(incident: Incident) -> str:
    """Priority, service and title, in what a locked phone shows; escaped."""
    words = f"{_priority(incident)}{escape(incident.service_name)}: {escape(incident.title)}"
    return cut(" ".join(words.split()), LOCKED_PHONE)


def standing(incident: Incident, speech: Speech, *, rings: bool, waits: datetime | None = None) -> str:
    """Who is asked, who has it and until when, or how it ended."""
    if incident.status is Status.TRIGGERED and waits is not None:
        return speech.say.text(
            ":hourglass: Likely resolves by itself; "
            "if it is still open, {people} will be mentioned at {time}.",
            people=speech.named(incident.assigned),
            time=speech.clock(waits),
        )
    if incident.status is Status.TRIGGERED:
        return _asking(incident, speech, rings=rings)
    if incident.status is Status.ACKNOWLEDGED:
        return "\n".join(_held(incident, speech))
    return _end(incident, speech)


def _held(incident: Incident, speech: Speech) -> Iterator[str]:
    say = speech.say
    people = speech.named(incident.acknowledged_by) or say.text("someone")
    if incident.acknowledged_at is None:
        yield say.text("Acknowledged by {people}.", people=people)
    else:
        took = say.duration((incident.acknowledged_at - incident.created_at).total_seconds())
        yield say.text("Acknowledged by {people} after {took}.", people=people, took=took)
    if (
        incident.wakes_at is not None
    ):  # a snooze, or the time that the service gives to acknowledged incidents
        yield say.text("PagerDuty asks again: {moment}.", moment=speech.moment(incident.wakes_at))


def _asking(incident: Incident, speech: Speech, *, rings: bool) -> str:
    say = speech.say
    if not incident.assigned:
        return say.text("Nobody is assigned in PagerDuty.")
    if rings:
        return say.text("{people} please acknowledge.", people=speech.rung(incident.assigned))
    return say.text("Waits for {people}.", people=speech.named(incident.assigned))


def _end(incident: Incident, speech: Speech) -> str:
    say = speech.say
    if incident.resolved_at is None:
        return say.text("Resolved.")
    took = say.duration((incident.resolved_at - incident.created_at).total_seconds())
    if incident.merged_into:
        return say.text(
            "Merged into {incident} after {took}.", incident=speech.incident(incident.merged_into), took=took
        )
    if incident.resolved_by is None:
        return say.text("Resolved by itself after {took}.", took=took)
    return say.text(
        "Resolved by {people} after {took}.", people=speech.named([incident.resolved_by]), took=took
    )


def _facts(incident: Incident, thread: Thread, speech: Speech) -> Iterator[str]:
    say = speech.say
    yield escape(incident.service_name)
    yield say.text("low urgency") if incident.low else say.text("high urgency")
    if thread.alert.tool:
        yield say.text("from {tool}", tool=escape(thread.alert.tool))
    yield say.text("since {moment}", moment=speech.moment(incident.created_at))
    if incident.alert_count > 1:
        yield say.count("{n} alert", "{n} alerts", incident.alert_count)


def _sign(incident: Incident) -> str:
    return SIGNS.get(incident.status, DONE)


def _priority(incident: Incident) -> str:
    return f"[{escape(incident.priority)}] " if incident.priority else ""

"""Which buttons stand under an incident's message."""

from collections.abc import Iterator

from toban.domain.alerts.nouns import Form, Incident, Status, Thread
from toban.domain.controls import actions, button, confirmation, menu
from toban.domain.language import Language
from toban.domain.message import Block
from toban.domain.presses.nouns import Action, Choice
from toban.domain.presses.values import About


def button_blocks(
    incident: Incident, thread: Thread, *, acts: bool, runbook: bool, say: Language
) -> tuple[Block, ...]:
    """The rows of buttons for that state; none in a group, whose message is about several incidents.

    ``acts``: Toban may write to PagerDuty for the team. ``runbook``: one was found.
    """
    if thread.form is not Form.OWN:
        return ()
    value = About(incident.id, thread.round.number).packed()
    rows = (
        list(_deeds(incident, thread, value, say)) if acts else [],
        list(_opinions(incident, thread, value, runbook=runbook, say=say)),
    )
    name = f"toban:{incident.id}:{thread.round.number}"
    return tuple(actions(f"{name}:{place}", row) for place, row in enumerate(rows) if row)


def _deeds(incident: Incident, thread: Thread, value: str, say: Language) -> Iterator[Block]:
    """What changes something in PagerDuty; whatever ends or passes on the incident is asked about first."""
    triggered = incident.status is Status.TRIGGERED
    if triggered:
        yield button(say.text("Acknowledge"), Action.ACKNOWLEDGE.action_id, value, style="primary")
    if incident.is_open:
        yield _note(incident, thread, say)
        yield _snooze(incident, thread, say)
    if triggered and not incident.low:
        yield _escalate(incident, value, say)
    if incident.is_open:
        yield _resolve(incident, value, say)


def _opinions(
    incident: Incident, thread: Thread, value: str, *, runbook: bool, say: Language
) -> Iterator[Block]:
    """What only Toban keeps; nobody is asked for an opinion while the incident waits for somebody."""
    if incident.status is Status.TRIGGERED:
        if thread.silenced_round != thread.round.number:
            yield button(say.text("Silence reminders"), Action.SILENCE.action_id, value)
        return
    if runbook:
        yield button(say.text("Runbook helped"), Action.HELPED.action_id, value)
        yield button(say.text("Runbook wrong"), Action.WRONG.action_id, value)
    yield button(say.text("No action needed"), Action.NO_ACTION.action_id, value)


def _note(incident: Incident, thread: Thread, say: Language) -> Block:
    value = About(incident.id, thread.round.number, language=say.code).packed()
    return button(say.text("Add note"), Action.NOTE.action_id, value)


def _snooze(incident: Incident, thread: Thread, say: Language) -> Block:
    texts = {
        Choice.HOUR: say.text("For 1 hour"),
        Choice.FOUR_HOURS: say.text("For 4 hours"),
        Choice.MORNING: say.text("Until 9:00 in the morning"),
    }
    options = {
        About(incident.id, thread.round.number, choice).packed(): text for choice, text in texts.items()
    }
    return menu(say.text("Snooze"), Action.SNOOZE.action_id, options)


def _escalate(incident: Incident, value: str, say: Language) -> Block:
    asked = confirmation(
        say.text("Escalate #{number}?", number=incident.number),
        say.text("PagerDuty will ring whoever is on call at the next level."),
        say.text("Escalate"),
        say.text("Cancel"),
    )
    return button(say.text("Escalate"), Action.ESCALATE.action_id, value, confirm=asked)


def _resolve(incident: Incident, value: str, say: Language) -> Block:
    asked = confirmation(
        say.text("Resolve #{number}?", number=incident.number),
        say.text("The incident ends in PagerDuty, for everybody."),
        say.text("Resolve"),
        say.text("Cancel"),
    )
    return button(say.text("Resolve"), Action.RESOLVE.action_id, value, style="danger", confirm=asked)

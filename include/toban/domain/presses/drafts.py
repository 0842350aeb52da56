"""What is said of a runbook's draft in an alert's thread: that one could be had, and what to do with it."""

from toban.domain.controls import actions, button
from toban.domain.language import Language
from toban.domain.message import Block, Message, bold, section
from toban.domain.people import Person
from toban.domain.presses.nouns import Action
from toban.domain.presses.values import About

ANY_ROUND = 0  # a draft is of the incident, whoever is asked


def draft_offer(incident_id: str, times: int, say: Language, *, buttons: bool) -> tuple[Block, ...]:
    """``times`` is how often the alert came before; ``buttons``: presses arrive somewhere."""
    said = section(
        say.count(
            "It came {n} time before; a first version can be drafted from what was done then.",
            "It came {n} times before; a first version can be drafted from what was done then.",
            times,
        )
    )
    if not buttons:
        return (said,)
    return said, _row(incident_id, Action.DRAFT, say.text("Draft a runbook"))


def drafted_message(incident_id: str, number: int, say: Language, *, writes: bool) -> Message:
    """Below the file; ``writes``: Toban may write to PagerDuty for the team, if somebody presses."""
    text = say.text(
        ":page_facing_up: A draft of a runbook for #{number}, made from past incidents. Nobody has reviewed "
        "it: check every line before it serves.",
        number=number,
    )
    button_row = _row(incident_id, Action.DRAFT_NOTE, say.text("Add to the incident as a note"))
    return Message(text, (section(text), *([button_row] if writes else [])))


def noted_message(number: int, by: Person, say: Language) -> Message:
    """The same, once it is a note: the button is gone."""
    text = say.text(
        ":page_facing_up: A draft of a runbook for #{number}, which nobody has reviewed. {name} added it to "
        "the incident as a note.",
        number=number,
        name=bold(by.name),
    )
    return Message(text, (section(text),))


def _row(incident_id: str, action: Action, text: str) -> Block:
    value = About(incident_id, ANY_ROUND).packed()
    return actions(f"toban:{incident_id}:{action.value}", [button(text, action.action_id, value)])

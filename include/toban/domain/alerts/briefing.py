"""What the one called needs at hand, first in the thread: runbook, recent changes, what such alerts were."""

from collections.abc import Sequence
from dataclasses import dataclass

from toban.domain.alerts.nouns import Change
from toban.domain.alerts.speech import Speech
from toban.domain.message import Block, Message, bold, escape, link, section
from toban.domain.mrkdwn import cut

CHANGES = 8
CHANGE_CHARACTERS = 200
STEP_CHARACTERS = 1_200


@dataclass(frozen=True)
class RunbookHint:
    """A runbook as the thread shows it; ``why`` names the rule that matched.

    ``guess``: no person's rule names it, it was found by its text. ``first_step`` may be empty.
    """

    title: str
    first_step: str
    why: str
    url: str | None = None
    guess: bool = False


def briefing_message(
    hint: RunbookHint | None,
    changes: Sequence[Change],
    triage: Sequence[str],
    speech: Speech,
    subject: str,
    offer: Sequence[Block] = (),
) -> Message:
    """Runbook with its first step, or that there is none; changes, newest first; triage's paragraphs.

    ``offer`` stands below the runbook: that one could be drafted.
    """
    blocks: list[Block] = [section(_runbook(hint, speech)), *offer]
    if changes:
        blocks.append(section("\n".join(_changes(changes, speech))))
    blocks += map(section, triage)
    return Message(subject, tuple(blocks))


def _runbook(hint: RunbookHint | None, speech: Speech) -> str:
    say = speech.say
    if hint is None:
        return say.text(":grey_question: There is no runbook for this alert yet.")
    title = link(hint.url, hint.title) if hint.url else bold(hint.title)
    why = escape(hint.why)
    if hint.guess:
        head = say.text(":mag: Perhaps this runbook: {title} ({why})", title=title, why=why)
    else:
        head = say.text(":book: Runbook: {title} ({why})", title=title, why=why)
    if not hint.first_step:
        return head
    step = cut(escape(hint.first_step), STEP_CHARACTERS)
    return f"{head}\n{say.text('First step: {step}', step=step)}"


def _changes(changes: Sequence[Change], speech: Speech) -> list[str]:
    say = speech.say
    newest = sorted(changes, key=lambda change: change.at, reverse=True)
    head = say.count(
        ":wrench: {n} change to this service in the last two hours:",
        ":wrench: {n} changes to this service in the last two hours:",
        len(newest),
    )
    return [head, *(f"• {_change(change, speech)}" for change in newest[:CHANGES])]


def _change(change: Change, speech: Speech) -> str:
    text = " ".join(change.summary.split())[:CHANGE_CHARACTERS]
    shown = link(change.url, text) if change.url else escape(text)
    source = f" ({escape(change.source)})" if change.source else ""
    return f"{speech.clock(change.at)} {shown}{source}"

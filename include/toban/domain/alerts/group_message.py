"""What heads a group of incidents, and how its thread names those that the head has no room for."""

from collections import Counter
from collections.abc import Sequence

from toban.domain.alerts.nouns import Form, Status, Thread
from toban.domain.alerts.speech import Speech
from toban.domain.message import Message, context, escape, section
from toban.domain.mrkdwn import cut
from toban.domain.people import Person

TITLE_CHARACTERS = 150  # 40 of them are what Slack takes in one message
NAMED_A_BLOCK = 10


def group_message(
    group: Sequence[Thread], asked: Sequence[Person], speech: Speech, *, rings: bool
) -> Message:
    """The head: how many and how they stand, whom it asks, and the first of them. ``group`` is ordered."""
    head = _head(group, speech)
    who = speech.rung(asked) if rings else speech.named(asked)
    lines = [section(f"{_sign(group)} *{head}*")]
    if asked and rings:
        lines.append(section(speech.say.text("{people} please acknowledge.", people=who)))
    elif asked:
        lines.append(section(speech.say.text("Waits for {people}.", people=who)))
    named = [thread for thread in group if thread.part == 0]
    further = len(group) - len(named)
    more = speech.say.count("{n} more in the thread", "{n} more in the thread", further)
    return Message(
        head, (*lines, *part_blocks(named), context([_totals(group, speech), *([more] if further else [])]))
    )


def part_message(members: Sequence[Thread], head: str) -> Message:
    """Number and title of further members."""
    return Message(head, part_blocks(members))


def part_blocks(members: Sequence[Thread]) -> tuple[dict[str, object], ...]:
    """A few members a block: Slack's paragraphs hold 3,000 characters."""
    runs = [members[at : at + NAMED_A_BLOCK] for at in range(0, len(members), NAMED_A_BLOCK)]
    return tuple(section("\n".join(map(_named, run))) for run in runs)


def _named(thread: Thread) -> str:
    title = cut(escape(" ".join(thread.title.split())), TITLE_CHARACTERS)
    return f"#{thread.number} {title}"


def _head(group: Sequence[Thread], speech: Speech) -> str:
    say, n = speech.say, len(group)
    if group[0].form is Form.LIST:
        return say.count(
            "{n} open incident from before Toban looked; nobody is called for it",
            "{n} open incidents from before Toban looked; nobody is called for them",
            n,
        )
    since = speech.clock(min(thread.seen_at for thread in group))
    return say.count("{n} incident since {since}", "{n} incidents since {since}", n, since=since)


def _totals(group: Sequence[Thread], speech: Speech) -> str:
    by_status = Counter(thread.status for thread in group)
    return speech.say.text(
        "{open} open, {taken} acknowledged, {done} resolved",
        open=speech.say.number(by_status[Status.TRIGGERED]),
        taken=speech.say.number(by_status[Status.ACKNOWLEDGED]),
        done=speech.say.number(by_status[Status.RESOLVED]),
    )


def _sign(group: Sequence[Thread]) -> str:
    statuses = {thread.status for thread in group}
    if Status.TRIGGERED in statuses:
        return ":rotating_light:" if group[0].form is Form.STORM else ":clipboard:"
    return ":large_yellow_circle:" if Status.ACKNOWLEDGED in statuses else ":white_check_mark:"

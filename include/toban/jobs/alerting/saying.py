"""Each action's message, in its thread; and the lines of what happened."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial

from toban.clients.slack import Posted
from toban.domain.alerts import calls
from toban.domain.alerts.actions import Action, Ask, Call, Exhausted, Open, Part, Remind, Unmanned
from toban.domain.alerts.group_message import part_message
from toban.domain.alerts.message import phone_text
from toban.domain.alerts.nouns import Line
from toban.domain.alerts.speech import Speech
from toban.domain.message import Message, section
from toban.domain.people import Person
from toban.errors import SlackRefused
from toban.jobs.alerting import heads
from toban.jobs.alerting.cases import Case, Group
from toban.jobs.alerting.tools import Tools

SECTION = 2_900  # so many characters of lines go into one paragraph


def say(tools: Tools, subject: Case | Group, action: Action, at: datetime) -> bool:
    """Say it once under its key; what belongs into a thread waits for the thread's head."""
    if not isinstance(action, Open):
        return say_in_thread(tools, subject, action.key, _message(tools, subject, action))
    message = heads.head(tools, subject, rings=action.rings, at=at)
    try:
        _say_head(tools, subject, action.key, subject.thread.channel, message)
    except SlackRefused:  # such as an archived channel: better said elsewhere than nowhere
        _say_head(tools, subject, action.key, tools.settings.fallback_channel, message)
        raise
    return True


def _say_head(tools: Tools, subject: Case | Group, key: str, channel: str, message: Message) -> None:
    tools.messenger.say(key, tools.places.channel_id(channel), message, about=subject.about)


def say_in_thread(tools: Tools, subject: Case | Group, key: str, message: Message) -> bool:
    """Say it in the subject's thread; False without a head, as long as Slack does not take that."""
    thread = tools.messenger.said(subject.thread.root)
    if thread is not None:
        tools.messenger.say(key, thread.channel, message, thread=thread, about=subject.about)
    return thread is not None


def subject_text(subject: Case | Group, speech: Speech) -> str:
    """What a message in the thread is about, as a locked phone shows it."""
    if isinstance(subject, Case):
        return phone_text(subject.incident)
    n = len(subject.threads)
    return speech.say.count("{n} incident", "{n} incidents", n)


def _message(tools: Tools, subject: Case | Group, action: Action) -> Message:
    people: Sequence[Person] = () if isinstance(action, (Part, Open)) else action.people
    speech = heads.speech(tools, subject.desk, people)
    about = subject_text(subject, speech)
    match action:
        case Call():
            return calls.call_message(action, about, speech)
        case Remind():
            return calls.reminder_message(action, about, speech)
        case Unmanned():
            return calls.unmanned_message(action, about, speech)
        case Exhausted():
            return calls.exhausted_message(action, about, speech)
        case Ask():
            return calls.question_message(action, about, speech)
        case Part() if isinstance(subject, Group):
            return part_message([one for one in subject.threads if one.part == action.number], about)
    raise TypeError(f"{action} is not said in a thread")


def unsaid_lines(tools: Tools, now: datetime) -> Iterator[tuple[str, Callable[[], bool]]]:
    """What happened and is not said yet: the channel's id, and how to say it."""
    bundles = tools.ledger.lines.unsaid(now=now)
    heads_said = tools.ledger.said_keys({lines[0].root for lines in bundles.values()})
    for key, lines in bundles.items():
        root = heads_said.get(lines[0].root)
        if root is not None and root.ts:
            yield root.channel, partial(_say_lines, tools, key, lines, Posted(root.channel, root.ts))


def _say_lines(tools: Tools, key: str, lines: Sequence[Line], thread: Posted) -> bool:
    paragraphs: list[str] = []
    for line in lines:
        if paragraphs and len(paragraphs[-1]) + len(line.text) < SECTION:
            paragraphs[-1] += f"\n{line.text}"
        else:
            paragraphs.append(line.text)
    message = Message(lines[0].text, tuple(map(section, paragraphs)))
    tools.messenger.say(key, thread.channel, message, thread=thread, about=lines[0].incident_id)
    return True

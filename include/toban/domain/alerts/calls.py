"""What is said to call somebody, call again, and say that nobody is left; each rings by a new message."""

from toban.domain.alerts.actions import Ask, Call, Exhausted, Remind, Unmanned
from toban.domain.alerts.speech import Speech
from toban.domain.message import Message, section


def call_message(action: Call, subject: str, speech: Speech) -> Message:
    """``subject`` is what it is about, as a phone shows it, escaped."""
    say = speech.say
    text = say.text("{people} you are called now: please acknowledge.", people=speech.rung(action.people))
    return _message(f":telephone_receiver: {text}", subject)


def reminder_message(action: Remind, subject: str, speech: Speech) -> Message:
    """Says since when nobody has answered."""
    waited = speech.say.duration(int(action.waited.total_seconds() // 60) * 60)
    text = speech.say.text(
        "{people} nobody has acknowledged for {waited}.", people=speech.rung(action.people), waited=waited
    )
    return _message(f":bell: {text}", subject)


def unmanned_message(action: Unmanned, subject: str, speech: Speech) -> Message:
    """Says on which level nobody is on call, and calls the next."""
    say = speech.say
    if action.level is None:
        return _message(
            f":warning: {say.text('Nobody is on call on any level. Somebody please take it.')}", subject
        )
    people = speech.rung(action.people)
    if action.level == 0:
        text = say.text("Nobody is assigned in PagerDuty; calling {people}.", people=people)
    else:
        text = say.text(
            "Nobody is on call on level {level}; calling {people}.", level=action.level, people=people
        )
    return _message(f":warning: {text}", subject)


def exhausted_message(action: Exhausted, subject: str, speech: Speech) -> Message:
    """Calls everybody of the policy: there is no level above."""
    text = speech.say.text(
        "Nobody has acknowledged and no level is left above {level}; calling everybody on call: {people}.",
        level=action.level,
        people=speech.rung(action.people),
    )
    return _message(f":rotating_light: {text}", subject)


def question_message(action: Ask, subject: str, speech: Speech) -> Message:
    """Asks how an acknowledged incident stands."""
    hours = speech.say.duration(int(action.untouched.total_seconds() // 3600) * 3600)
    people = speech.rung(action.people)
    text = speech.say.text(
        "{people} nothing has happened here for {hours}. How does it stand? Please resolve it if it is over.",
        people=people,
        hours=hours,
    )
    return _message(f":question: {text}", subject)


def joined_message(level: int, subject: str, people: str, speech: Speech) -> Message:
    """Says that PagerDuty was asked to bring the next level in; ``people`` are rung."""
    text = speech.say.text(
        "{people} you are asked to join: nobody has acknowledged (level {level}).", people=people, level=level
    )
    return _message(f":raising_hand: {text}", subject)


def _message(text: str, subject: str) -> Message:
    return Message(subject, (section(text),))

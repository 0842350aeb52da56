"""The daily announcement as a Slack message, read in ten seconds on a phone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from toban.domain.announcement.lines import compact_line, paragraphs, policy_blocks
from toban.domain.announcement.nouns import TeamDuty
from toban.domain.announcement.warnings import Speaking, more_gaps_than_shown, warning_blocks
from toban.domain.announcement.words import Words
from toban.domain.language import Language
from toban.domain.message import Block, Message, context, escape, header
from toban.domain.people import Person

# Beyond this many policies each is one line, and the rest is in the thread: two blocks a policy would meet
# Slack's limits (50 blocks, about 13,000 characters) from some twenty on, and eyes tire before.
ROOMY_POLICIES = 12
TEAMS_IN_TEXT = 3  # a locked phone shows about a hundred characters


@dataclass(frozen=True)
class Announcement:
    """The teams of one message at one moment, and who of them Slack can ring (person id to ``<@U…>``)."""

    at: datetime
    teams: Sequence[TeamDuty]
    mentions: Mapping[str, str]

    def speaking(self, say: Language) -> list[Speaking]:
        """Each team with its words; a team that does not ring has no mentions."""
        return [
            (team, Words(say, team.zone, self.at, self.mentions if team.rings else {})) for team in self.teams
        ]

    @property
    def not_found(self) -> list[Person]:
        """Who should have been rung but has no Slack account that Toban knows."""
        called = [person for team in self.teams if team.rings for person in team.called_first]
        return [person for person in dict.fromkeys(called) if person.id not in self.mentions]


def announcement(said: Announcement, say: Language) -> tuple[Message, ...]:
    """The message, and what it had to leave out, to be posted below it (usually nothing)."""
    roomy = _whole(said, say, compact=False).parts()
    policies = sum(len(team.policies) for team in said.teams)
    if policies <= ROOMY_POLICIES and len(roomy) == 1:
        return roomy + _details(said, say, everyone=False)
    return _whole(said, say, compact=True).parts() + _details(said, say, everyone=True)


def _whole(said: Announcement, say: Language, *, compact: bool) -> Message:
    speaking = said.speaking(say)
    words = speaking[0][1]
    today = said.at.astimezone(words.zone)
    blocks = [
        header(say.text("On call today · {day}", day=say.day(today.date()))),
        *warning_blocks(speaking, words),
        *(_compact_blocks(speaking) if compact else _roomy_blocks(speaking)),
        context(_footer(said, words, compact=compact)),
    ]
    return Message(_notification(said, say), tuple(blocks))


def _details(said: Announcement, say: Language, *, everyone: bool) -> tuple[Message, ...]:
    """Mentions nobody: whoever is to be rung was rung by the message itself."""
    speaking = [(team, Words(say, team.zone, said.at, {})) for team in said.teams]
    blocks: list[Block] = []
    if more_gaps_than_shown(speaking):
        blocks += warning_blocks(speaking, speaking[0][1], everything=True)
    if everyone:
        blocks += _roomy_blocks(speaking)
    return Message(say.text("On call today: everything"), tuple(blocks)).parts() if blocks else ()


def _roomy_blocks(speaking: Sequence[Speaking]) -> list[Block]:
    return [
        block
        for team, words in speaking
        for duty in team.policies
        for block in policy_blocks(team, duty, words)
    ]


def _compact_blocks(speaking: Sequence[Speaking]) -> list[Block]:
    lines = [compact_line(team, duty, words) for team, words in speaking for duty in team.policies]
    return paragraphs(lines)


def _footer(said: Announcement, words: Words, *, compact: bool) -> list[str]:
    say = words.say
    clock = say.clock(said.at.astimezone(words.zone))
    notes = [say.text("As of {clock} ({zone})", clock=clock, zone=words.zone.key)]
    if compact:
        notes.append(say.text("All levels and who is next: in the thread"))
    if not all(team.rings for team in said.teams):
        notes.append(say.text("Trial: nobody was mentioned"))
    if said.not_found:
        names = say.text(", ").join(escape(person.name) for person in said.not_found)
        notes.append(say.text("Not found in Slack, so not mentioned: {names}", names=names))
    return notes


def _notification(said: Announcement, say: Language) -> str:
    """What a locked phone shows: the team and the person, the worst news first."""
    vacant = [team for team in said.teams if any(duty.calls_nobody for duty in team.policies)]
    rest = [team for team in said.teams if team not in vacant]
    parts = [in_short(team, say) for team in [*vacant, *rest]]
    shown = parts[:TEAMS_IN_TEXT]
    if len(parts) > len(shown):
        shown.append(f"+{len(parts) - len(shown)}")
    return say.text("On call: {teams}", teams=say.text("; ").join(shown))


def in_short(team: TeamDuty, say: Language) -> str:
    """The team and who is called first, or that nobody is: ``Payments: Sato Hanako``; escaped."""
    vacant = [duty.policy.name for duty in team.policies if duty.calls_nobody]
    if len(team.policies) > 1:
        missing = [say.text("NOBODY on {policy}", policy=escape(name)) for name in vacant]
    else:
        missing = [say.text("NOBODY")] if vacant else []
    names = [*missing, *(escape(person.name) for person in team.called_first)]
    return say.text("{team}: {names}", team=escape(team.name), names=say.text(", ").join(names))

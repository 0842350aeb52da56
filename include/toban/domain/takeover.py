"""Someone else is on duty than was announced: what changed, and how it is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from toban.domain.announcement.lines import heading
from toban.domain.announcement.nouns import LevelDuty, PolicyDuty, TeamDuty
from toban.domain.announcement.words import Words
from toban.domain.message import Message, escape, section
from toban.domain.shifts import Shift

# Policy id to the persons of its first level, as last said: {"PABC": {"PUSER1": "Sato Hanako"}}.
Announced = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Takeover:
    """A change on a policy's first level. ``came`` and ``stay`` are on duty now; ``left`` are names."""

    team: TeamDuty
    duty: PolicyDuty
    level: LevelDuty
    came: tuple[Shift, ...]
    stay: tuple[Shift, ...]
    left: tuple[str, ...]
    due: datetime

    @property
    def mark(self) -> str:
        """Names this change and no other: the policy, and who is on duty since when, or since when nobody."""
        on = sorted(f"{shift.person.id}@{_minute(shift.start)}" for shift in (*self.came, *self.stay))
        return ":".join([self.duty.policy.id, *(on or [f"nobody@{_minute(self.level.last_end)}"])])


def _minute(at: datetime | None) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ") if at else "-"


def announced_now(teams: Sequence[TeamDuty]) -> dict[str, dict[str, str]]:
    """What an announcement of these teams says about the first levels, to be compared with later."""
    return {
        duty.policy.id: {shift.person.id: shift.person.name for shift in duty.first.now}
        for team in teams
        for duty in team.policies
        if duty.first
    }


def takeovers(team: TeamDuty, said: Announced, due: datetime) -> list[Takeover]:
    """Where the persons on the first level are others than was said at ``due``, or after it.

    A policy not spoken of is left out.
    """
    compared = ((duty, duty.first, said.get(duty.policy.id)) for duty in team.policies)
    return [
        _takeover(team, duty, level, before, due)
        for duty, level, before in compared
        if level and before is not None and before.keys() != {shift.person.id for shift in level.now}
    ]


def _takeover(
    team: TeamDuty, duty: PolicyDuty, level: LevelDuty, before: Mapping[str, str], due: datetime
) -> Takeover:
    on_now = {shift.person.id for shift in level.now}
    return Takeover(
        team,
        duty,
        level,
        came=tuple(shift for shift in level.now if shift.person.id not in before),
        stay=tuple(shift for shift in level.now if shift.person.id in before),
        left=tuple(name for person_id, name in before.items() if person_id not in on_now),
        due=due,
    )


def takeover_message(change: Takeover, teams: Sequence[TeamDuty], words: Words) -> Message:
    """A sentence or two; whoever has come is mentioned, where Slack knows them.

    ``teams`` are those whose policy it is, the change's own among them.
    """
    quiet = Words(words.say, words.zone, words.at, {})
    names, headings = (
        words.say.text(", ").join(each)
        for each in ([escape(team.name) for team in teams], [heading(team, change.duty) for team in teams])
    )
    text = words.say.text("{team}: {sentence}", team=names, sentence=_sentences(change, quiet))
    shown = words.say.text("{team}: {sentence}", team=headings, sentence=_sentences(change, words))
    return Message(text, (section(shown),))


def _sentences(change: Takeover, words: Words) -> str:
    if change.came:
        left = _enumerated(change.left, words)
        runs = (list(run) for _, run in groupby(change.came, key=_stretch))
        return " ".join(_came(run, change.due, left, words) for run in runs)
    if change.stay:
        people = words.addressed(change.stay, ring=False)
        stays = words.say.count(
            "{people} stays on duty.", "{people} stay on duty.", len(change.stay), people=people
        )
        return f"{_gone(change, words)} {stays}"
    return _nobody(change, words)


def _enumerated(names: Sequence[str], words: Words) -> str:
    return words.say.text(", ").join(words.say.text("{person}", person=escape(name)) for name in names)


def _gone(change: Takeover, words: Words) -> str:
    left = _enumerated(change.left, words)
    return words.say.count("{left} is off duty.", "{left} are off duty.", len(change.left), left=left)


def _stretch(shift: Shift) -> tuple[datetime | None, datetime | None]:
    return shift.start, shift.end


def _came(run: Sequence[Shift], due: datetime, left: str, words: Words) -> str:
    people, until = words.addressed(run, ring=True), words.until(run[0].end)
    # Whoever began before the announcement, but was not in it, was entered later: some minutes ago at most.
    since = words.since(run[0].span.start if run[0].span.start > due else words.at)
    if left:
        return words.say.count(
            "{since} {people} is on duty ({until}) instead of {left}.",
            "{since} {people} are on duty ({until}) instead of {left}.",
            len(run),
            since=since,
            people=people,
            until=until,
            left=left,
        )
    return words.say.count(
        "{since} {people} is on duty as well ({until}).",
        "{since} {people} are on duty as well ({until}).",
        len(run),
        since=since,
        people=people,
        until=until,
    )


def _nobody(change: Takeover, words: Words) -> str:
    alarm = words.say.text(
        ":rotating_light: *Nobody is on call right now on level {n}*: {gone}",
        n=change.level.number,
        gone=_gone(change, words),
    )
    if not change.level.next:
        return alarm
    people = words.addressed(change.level.next, ring=False)
    since = words.since(change.level.next[0].span.start)
    return alarm + " " + words.say.text("Next: {people} {since}.", people=people, since=since)

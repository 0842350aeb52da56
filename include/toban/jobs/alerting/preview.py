"""What a pass would do now, without doing or saving anything."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toban.domain.alerts.actions import Action, Escalate, Open, Part
from toban.domain.alerts.group_actions import next_group_actions
from toban.domain.alerts.grouping import by_root
from toban.domain.alerts.next_actions import next_actions
from toban.domain.alerts.nouns import Thread
from toban.domain.people import Person
from toban.jobs.alerting.cases import Case, cases_and_groups
from toban.jobs.alerting.picture import Picture, look
from toban.jobs.alerting.plan import levels_for
from toban.jobs.alerting.threads import decide
from toban.jobs.alerting.tools import Tools, desk_of


@dataclass(frozen=True)
class Planned:
    """One action: about what, whom it would ring, and in which channel."""

    about: str
    action: str
    people: str
    channel: str


def planned(tools: Tools) -> list[Planned]:
    """Oldest incident first, groups last. Raises PagerDutyError and LedgerError."""
    picture = look(tools)
    threads, _ = decide(tools, picture)
    cases, _ = cases_and_groups(tools, picture, threads)
    return [*_of_cases(tools, picture, cases), *_of_groups(tools, picture, threads)]


def _of_cases(tools: Tools, picture: Picture, cases: Sequence[Case]) -> Iterator[Planned]:
    levels = levels_for(tools, picture, cases)
    for case in cases:
        incident, known = case.incident, case.known
        on_call = levels.get(incident.policy_id, {})
        for action in next_actions(incident, known, on_call, case.desk.policy, picture.at):
            rung = incident.assigned if isinstance(action, Open) and action.rings else ()
            about = f"#{incident.number} {incident.title}"
            yield Planned(about, _name(action), _people(action, rung), case.thread.channel)


def _of_groups(tools: Tools, picture: Picture, threads: Mapping[str, Thread]) -> Iterator[Planned]:
    for root, members in by_root(threads).items():
        said = tools.ledger.said_about([root]).get(root, {})
        policy = desk_of(tools, members[0]).policy
        for action in next_group_actions(root, members, picture.incidents, said, policy, picture.at):
            about = f"{len(members)} incidents ({root})"
            yield Planned(about, _name(action), _people(action, ()), members[0].channel)


def _name(action: Action) -> str:
    """``open``, ``remind``, ``escalate to level 2`` …"""
    name = type(action).__name__.lower()
    return f"{name} to level {action.level}" if isinstance(action, Escalate) else name


def _people(action: Action, rung: Sequence[Person]) -> str:
    people = rung if isinstance(action, (Open, Part)) else action.people
    return ", ".join(person.name for person in people)

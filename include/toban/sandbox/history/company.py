"""The directory as the simulation needs it: who is rung at which level, and how quick people are."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from toban.sandbox.history.directory import Directory
from toban.sandbox.history.references import Ref, reference_to
from toban.sandbox.history.rota import Rota
from toban.sandbox.history.sources import ServiceSource, TeamSource, teams

MARGIN = timedelta(days=30)  # incidents that open at the end run on, until they are cut off there


@dataclass(frozen=True)
class Rule:
    """A notification rule: the wire's notification type and address, and when it rings."""

    delay: timedelta
    kind: str
    address: str


@dataclass(frozen=True)
class Person:
    ref: Ref
    language: str
    zone: ZoneInfo
    slowness: float
    rules: dict[str, tuple[Rule, ...]]  # by urgency


@dataclass(frozen=True)
class Level:
    delay: timedelta
    rotas: tuple[Rota, ...]
    direct: tuple[str, ...]

    def on_call(self, at: datetime) -> list[str]:
        """Ids of the users who are rung at this level, each once."""
        found = [rota.on_call(at) for rota in self.rotas]
        return list(dict.fromkeys([user for user in found if user] + list(self.direct)))


@dataclass(frozen=True)
class Policy:
    ref: Ref
    levels: tuple[Level, ...]
    loops: int


@dataclass(frozen=True)
class Service:
    ref: Ref
    source: ServiceSource
    integrations: dict[str, dict[str, Any]]  # by monitoring tool


@dataclass(frozen=True)
class Team:
    ref: Ref
    source: TeamSource
    zone: ZoneInfo
    policy: Policy
    services: tuple[Service, ...]
    members: tuple[Person, ...]


@dataclass(frozen=True)
class Company:
    teams: tuple[Team, ...]
    people: dict[str, Person]
    priorities: tuple[dict[str, Any], ...]


def company_of(directory: Directory, since: datetime, until: datetime) -> Company:
    """Read the sample company out of its directory; its schedules are rendered from `since` past `until`."""
    sources = {team.name: team for team in teams()}
    slowness = {person.name: person.slowness for team in teams() for person in team.people}
    found = []
    people: dict[str, Person] = {}
    for row in directory["teams"]:
        source = sources[row["name"]]
        users = [user for user in directory["users"] if user["teams"][0]["id"] == row["id"]]
        members = tuple(_person(user, source, slowness[user["name"]]) for user in users)
        people |= {member.ref["id"]: member for member in members}
        policy = _policy(row["id"], directory, since, until)
        found.append(
            Team(
                reference_to(row),
                source,
                ZoneInfo(source.time_zone),
                policy,
                _services(source, directory),
                members,
            )
        )
    return Company(tuple(found), people, tuple(directory["priorities"]))


def _person(user: dict[str, Any], team: TeamSource, slowness: float) -> Person:
    rules: dict[str, list[Rule]] = {"high": [], "low": []}
    for row in user["notification_rules"]:
        method = row["contact_method"]
        kind = method["type"].removesuffix("_contact_method_reference").removesuffix("_notification")
        delay = timedelta(minutes=row["start_delay_in_minutes"])
        rules[row["urgency"]].append(Rule(delay, f"{kind}_notification", method["address"]))
    in_order = {urgency: tuple(found) for urgency, found in rules.items()}
    return Person(reference_to(user), team.language, ZoneInfo(team.time_zone), slowness, in_order)


def _policy(team_id: str, directory: Directory, since: datetime, until: datetime) -> Policy:
    row = next(row for row in directory["escalation_policies"] if row["teams"][0]["id"] == team_id)
    rotas = {
        schedule["id"]: Rota(schedule, since - MARGIN, until + MARGIN)
        for schedule in directory["schedules"]
        if schedule["teams"][0]["id"] == team_id
    }
    levels = tuple(
        Level(
            timedelta(minutes=rule["escalation_delay_in_minutes"]),
            tuple(rotas[target["id"]] for target in rule["targets"] if target["id"] in rotas),
            tuple(target["id"] for target in rule["targets"] if target["type"] == "user_reference"),
        )
        for rule in row["escalation_rules"]
    )
    return Policy(reference_to(row), levels, row["num_loops"])


def _services(team: TeamSource, directory: Directory) -> tuple[Service, ...]:
    rows = {row["name"]: row for row in directory["services"]}
    return tuple(
        Service(
            reference_to(rows[source.name]),
            source,
            {integration["name"]: integration for integration in rows[source.name]["integrations"]},
        )
        for source in team.services
    )

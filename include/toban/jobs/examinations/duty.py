"""Does PagerDuty know what toban.toml names, and is somebody on call?"""

from collections.abc import Generator, Iterator
from datetime import datetime, timedelta

from toban.clients.pagerduty import PagerDuty
from toban.domain.announcement.nouns import LevelDuty, PolicyDuty
from toban.domain.findings import Finding, bad, good, look
from toban.domain.people import Person
from toban.errors import PagerDutyRefused
from toban.jobs.duties import read_plan
from toban.settings import Settings, Team

A_MOMENT = timedelta(minutes=1)  # a plan must begin before the moment it is asked about
# PagerDuty's name for each list of ids that a team in toban.toml may have.
NAMED = {
    "escalation_policies": "escalation_policies",
    "schedules": "schedules",
    "services": "services",
    "pagerduty_teams": "teams",
}


def examine_teams(
    pagerduty: PagerDuty, settings: Settings, now: datetime
) -> Generator[Finding, None, list[Person]]:
    """Each team's ids and levels; returns who is on call in the coming fortnight."""
    people: list[Person] = []
    for team in settings.teams:
        unknown = yield from _examine_ids(pagerduty, team)
        plan = read_plan(pagerduty, [_without(team, unknown)], now - A_MOMENT, now)
        for duty in plan.duty(team, now).policies:
            yield from _examine_policy(f"team {team.id}, on call", duty)
        people += [shift.person for shift in plan.shifts]
    return list(dict.fromkeys(people))


def _examine_ids(pagerduty: PagerDuty, team: Team) -> Generator[Finding, None, set[str]]:
    unknown = set()
    for setting, kind in NAMED.items():
        for each in getattr(team, setting):
            try:
                pagerduty.get(f"{kind}/{each}")
            except PagerDutyRefused as error:
                unknown.add(each)
                yield bad(f"team {team.id}, {setting}", str(error), f"Correct {each} in toban.toml.")
    if not unknown:
        yield good(f"team {team.id}", "PagerDuty knows all that toban.toml names")
    return unknown


def _without(team: Team, unknown: set[str]) -> Team:
    """The team with what can be asked about."""
    lists = ("escalation_policies", "schedules")
    return team.model_copy(
        update={name: tuple(each for each in getattr(team, name) if each not in unknown) for name in lists}
    )


def _examine_policy(subject: str, duty: PolicyDuty) -> Iterator[Finding]:
    name = f"{duty.policy.name} ({duty.policy.id})"
    if duty.first is None:
        yield look(subject, f"{name} stands in no escalation policy: it rings nobody", "Use it in one.")
        return
    for level in duty.levels:
        if level.vacant:
            finding = bad if level is duty.first else look
            yield finding(
                subject, f"nobody is on level {level.number} of {name} now", "Fill it in PagerDuty."
            )
    if not duty.first.vacant:
        yield _first_level(subject, name, duty.first)


def _first_level(subject: str, name: str, level: LevelDuty) -> Finding:
    if level.gaps:
        gap = level.gaps[0]
        text = f"level {level.number} of {name} is empty from {gap.start:%Y-%m-%d %H:%M} UTC on"
        return look(subject, text, "Fill it in PagerDuty before then.")
    return good(subject, f"{name}: {', '.join(shift.person.name for shift in level.now)}")

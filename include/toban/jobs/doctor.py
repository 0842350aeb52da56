"""Examines everything Toban depends on and says what to do about what is not well."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toban.clients.ledger import Ledger
from toban.clients.pagerduty import PagerDuty
from toban.clients.slack import Slack
from toban.clients.slack_people import SlackPeople
from toban.clients.warehouse import Warehouse
from toban.domain.findings import Finding, bad
from toban.errors import TobanError
from toban.jobs.examinations import pagerduty as of_pagerduty
from toban.jobs.examinations import slack as of_slack
from toban.jobs.examinations import stores
from toban.settings import Settings


@dataclass(frozen=True)
class Patients:
    """How to reach each system; called only when its turn comes, for any may be unreachable."""

    pagerduty: Callable[[], PagerDuty]
    slack: Callable[[], Slack]
    warehouse: Callable[[], Warehouse]
    ledger: Callable[[], Ledger]


def doctor(settings: Settings, patients: Patients, directory: Path, now: datetime) -> Iterator[Finding]:
    """Findings, system by system; what one system refuses does not keep the others from being examined."""
    examinations: list[tuple[str, Callable[[], Iterator[Finding]]]] = [
        ("PagerDuty", lambda: _pagerduty(settings, patients, now)),
        ("Slack", lambda: _slack(settings, patients, now)),
        ("people", lambda: _people(settings, patients, now)),
        ("warehouse", lambda: stores.examine_warehouse(patients.warehouse(), directory, now)),
        ("ledger", lambda: stores.examine_ledger(patients.ledger(), now)),
    ]
    for subject, examine in examinations:
        try:
            yield from examine()
        except TobanError as error:
            yield bad(subject, str(error), "Mend this first; what depends on it was not examined.")


def _pagerduty(settings: Settings, patients: Patients, now: datetime) -> Iterator[Finding]:
    pagerduty = patients.pagerduty()
    findings = list(of_pagerduty.examine_token(pagerduty))
    yield from findings
    if any(finding.level == "bad" for finding in findings):
        return
    for team in settings.teams:
        yield from of_pagerduty.examine_team(pagerduty, team, now)


def _slack(settings: Settings, patients: Patients, now: datetime) -> Iterator[Finding]:
    slack = patients.slack()
    findings = list(of_slack.examine_token(slack, settings, now))
    yield from findings
    if findings[0].level == "good":
        yield from of_slack.examine_channels(slack, settings)


def _people(settings: Settings, patients: Patients, now: datetime) -> Iterator[Finding]:
    shifts = of_pagerduty.people_on_call(patients.pagerduty(), settings, now)
    people = SlackPeople(patients.slack(), settings.slack.user_overrides)
    yield from of_slack.examine_people(people, [shift.person for shift in shifts])

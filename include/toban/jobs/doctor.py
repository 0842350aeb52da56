"""Examines everything Toban depends on and says what to do about what is not well."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from toban.clients.ledger import Ledger
from toban.clients.pagerduty import PagerDuty
from toban.clients.pagerduty.webhook_subscriptions import WebhookSubscriptions
from toban.clients.slack import Slack
from toban.clients.slack_people import SlackPeople
from toban.clients.warehouse import Warehouse
from toban.domain.findings import Finding, bad
from toban.domain.intake import Keys
from toban.domain.people import Person
from toban.errors import TobanError
from toban.jobs.examinations import duty, people, stores
from toban.jobs.examinations import pagerduty as of_pagerduty
from toban.jobs.examinations import slack as of_slack
from toban.jobs.examinations.buttons import examine_buttons
from toban.jobs.examinations.intake import examine_intakes
from toban.jobs.examinations.receivers import examine_receivers
from toban.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True)
class Patients:
    """How to reach each system; called only when its turn comes, for any may be unreachable."""

    pagerduty: Callable[[], PagerDuty]
    slack: Callable[[], Slack]
    warehouse: Callable[[], Warehouse]
    ledger: Callable[[], Ledger]
    signing_secret: Callable[[], str | None]
    open_socket: Callable[[], None]
    intake_keys: Callable[[str], Keys]
    webhook_secrets: Callable[[], Sequence[str]]


def doctor(settings: Settings, patients: Patients, directory: Path, now: datetime) -> Iterator[Finding]:
    """Findings, system by system; what one system refuses does not keep the others from being examined."""
    on_call = yield from _one_by_one("PagerDuty", _pagerduty(settings, patients, now))
    slack = yield from _one_by_one("Slack", _slack(settings, patients, now))
    yield from _one_by_one("Slack buttons", _buttons(settings, patients))
    if on_call and slack:
        known = SlackPeople(slack, settings.slack.user_overrides)
        yield from _one_by_one("people", _mentions(known, on_call))
    yield from _one_by_one("warehouse", _warehouse(patients, directory, now))
    yield from _one_by_one("ledger", _ledger(patients, now))
    yield from _one_by_one("intake", _intakes(settings, patients, now))


def _one_by_one(
    subject: str, examination: Generator[Finding, None, T | None]
) -> Generator[Finding, None, T | None]:
    """The examination; an error ends it with a finding, and with nothing to go on with."""
    try:
        return (yield from examination)
    except TobanError as error:
        yield bad(subject, str(error), "Mend this first; what depends on it was not examined.")
        return None


def _pagerduty(
    settings: Settings, patients: Patients, now: datetime
) -> Generator[Finding, None, list[Person] | None]:
    """Returns who is on call in the coming fortnight."""
    pagerduty = patients.pagerduty()
    accepted = yield from of_pagerduty.examine_token(pagerduty)
    if not accepted:
        return None
    # What PagerDuty disabled is enabled again: until then alerts wait for the minute.
    webhooks = examine_receivers(
        WebhookSubscriptions(pagerduty), settings, patients.webhook_secrets, enable=True
    )
    yield from _one_by_one("webhooks", webhooks)
    on_call = yield from duty.examine_teams(pagerduty, settings, now)
    users = {user["id"]: user for user in pagerduty.rows("users", "users")}
    yield from of_pagerduty.examine_sender(users, settings)
    yield from people.examine_reachability(users, on_call)
    return on_call


def _slack(settings: Settings, patients: Patients, now: datetime) -> Generator[Finding, None, Slack | None]:
    """Returns Slack where people can be looked up in it."""
    slack = patients.slack()
    scopes = yield from of_slack.examine_token(slack, settings, now)
    if scopes is None:
        return None
    if "channels:read" in scopes:
        yield from of_slack.examine_channels(slack, settings)
    yield from of_slack.examine_user_groups(slack, settings)
    return slack if "users:read.email" in scopes else None


def _buttons(settings: Settings, patients: Patients) -> Generator[Finding, None, None]:
    yield from examine_buttons(settings, patients.signing_secret, patients.open_socket)


def _mentions(known: SlackPeople, on_call: list[Person]) -> Generator[Finding, None, None]:
    yield from people.examine_mentions(known, on_call)


def _warehouse(patients: Patients, directory: Path, now: datetime) -> Generator[Finding, None, None]:
    yield from stores.examine_warehouse(patients.warehouse(), directory, now)


def _ledger(patients: Patients, now: datetime) -> Generator[Finding, None, None]:
    yield from stores.examine_ledger(patients.ledger(), now)


def _intakes(settings: Settings, patients: Patients, now: datetime) -> Generator[Finding, None, None]:
    yield from examine_intakes(settings, patients.intake_keys, patients.ledger, now)

"""The clients a pass works with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from toban.clients.ledger import Ledger
from toban.clients.messenger import Messenger
from toban.clients.pagerduty import PagerDuty
from toban.clients.slack import Slack
from toban.clients.slack_places import Places
from toban.domain.alerts.nouns import Thread
from toban.domain.claims import Claims
from toban.domain.runbooks.nouns import RunbookShelf
from toban.domain.runbooks.search.finding import Library
from toban.domain.triage.nouns import Asked
from toban.jobs.alerting.desk import Desk
from toban.jobs.draft_in_thread import Drafting
from toban.jobs.triage_alert import Triage
from toban.settings import Settings


@dataclass(frozen=True)
class Tools:
    """Made anew for each pass; ``shelf`` reads the runbooks and is called only when an alert wants one.

    ``library`` is made only when no person's rule names a runbook for an alert: it takes a second.
    ``triage`` asks the warehouse about an alert; None where nothing was published yet. The number is how many
    seconds the answer may take, None: any.
    """

    settings: Settings
    desks: Mapping[str | None, Desk]
    claims: Mapping[str, Claims]
    pagerduty: PagerDuty
    ledger: Ledger
    slack: Slack
    messenger: Messenger
    places: Places
    shelf: Callable[[], RunbookShelf]
    library: Callable[[], Library]
    triage: Callable[[Asked, datetime, float | None], Triage | None]
    drafting: Drafting
    clock: Callable[[], datetime]


def desk_of(tools: Tools, thread: Thread) -> Desk:
    """Where the thread's team is spoken to; a team that is gone from the settings is nobody's.

    A thread that mode observe began in the trial channel is told to its end there and rings nobody.
    """
    desk = tools.desks.get(thread.team_id) or tools.desks[None]
    trial = tools.settings.slack.trial_channel
    if thread.channel != trial or desk.place.channel == trial:
        return desk
    return replace(desk, policy=replace(desk.policy, rings=False, acts=False), buttons=False)

"""Keeps PagerDuty's webhook subscription for the receiver: install, and remove."""

from dataclasses import dataclass, field
from typing import Literal

from toban.clients.pagerduty.webhook_subscriptions import Subscription, WebhookSubscriptions
from toban.errors import SettingsError
from toban.settings import Settings

DESCRIPTION = "Toban: wakes its alerts"
# Whatever changes a thread in Slack. Custom fields, tasks and workflows do not.
EVENTS = frozenset(
    f"incident.{what}"
    for what in (
        "acknowledged",
        "annotated",
        "delegated",
        "escalated",
        "priority_updated",
        "reassigned",
        "reopened",
        "resolved",
        "responder.added",
        "responder.replied",
        "service_updated",
        "triggered",
        "unacknowledged",
    )
)


@dataclass(frozen=True)
class Installed:
    """What was done, and the secret where PagerDuty just showed it; it never shows in a print."""

    did: Literal["created", "changed", "unchanged"]
    subscription_id: str
    secret: str | None = field(default=None, repr=False)


def receiver_address(settings: Settings) -> str:
    """Where PagerDuty sends; raises SettingsError without a public address."""
    if settings.receivers.public_url is None:
        raise SettingsError(
            "receivers.public_url is missing: PagerDuty needs an address it can reach, such as "
            "https://airflow.example.com/toban-receive."
        )
    return f"{settings.receivers.public_url.rstrip('/')}/pagerduty"


def install(subscriptions: WebhookSubscriptions, address: str) -> Installed:
    """One subscription there, enabled, of all events needed; however often it is called."""
    found = subscriptions.at(address)
    if not found:
        created = subscriptions.create(address, EVENTS, DESCRIPTION)
        return Installed("created", created.subscription.id, created.secret)
    first = found[0]
    if is_whole(first) and not first.disabled:
        return Installed("unchanged", first.id)
    if not is_whole(first):
        subscriptions.change(first, first.events | EVENTS)
    if first.disabled:
        subscriptions.enable(first)
    return Installed("changed", first.id)


def remove(subscriptions: WebhookSubscriptions, address: str) -> list[str]:
    """Remove all that send there; returns their ids."""
    found = subscriptions.at(address)
    for subscription in found:
        subscriptions.delete(subscription)
    return [subscription.id for subscription in found]


def is_whole(subscription: Subscription) -> bool:
    """Whether a person left it on, for the whole account, with all events needed."""
    return subscription.active and subscription.whole_account and subscription.events >= EVENTS

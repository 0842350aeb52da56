"""PagerDuty's webhook subscriptions: who is told of what happens to incidents, and where."""

from dataclasses import dataclass, field
from typing import Any

from toban.clients.pagerduty.client import PagerDuty

PATH = "webhook_subscriptions"
WHOLE_ACCOUNT = {"type": "account_reference"}


@dataclass(frozen=True)
class Subscription:
    """One of them; ``disabled``: by PagerDuty, for a day, after three webhooks that were not taken."""

    id: str
    address: str
    events: frozenset[str]
    active: bool
    disabled: bool
    whole_account: bool


@dataclass(frozen=True)
class Created:
    """A new one, and the secret that PagerDuty shows this once; it never shows in a print."""

    subscription: Subscription
    secret: str = field(repr=False)


class WebhookSubscriptions:
    """Those of an account; every method raises PagerDutyError."""

    def __init__(self, pagerduty: PagerDuty) -> None:
        self._pagerduty = pagerduty

    def at(self, address: str) -> list[Subscription]:
        """Those that send to that address; several of them send everything several times."""
        rows = self._pagerduty.rows(PATH, PATH)
        return [found for found in map(_subscription, rows) if found.address == address]

    def create(self, address: str, events: frozenset[str], description: str) -> Created:
        """A new one for the whole account."""
        wanted = {
            "type": "webhook_subscription",
            "description": description,
            "events": sorted(events),
            "filter": WHOLE_ACCOUNT,
            "delivery_method": {"type": "http_delivery_method", "url": address},
        }
        row = self._pagerduty.post(PATH, {"webhook_subscription": wanted})["webhook_subscription"]
        return Created(_subscription(row), row["delivery_method"]["secret"])

    def change(self, subscription: Subscription, events: frozenset[str]) -> None:
        """Let it send these events of the whole account; its address and secret cannot change."""
        wanted = {"events": sorted(events), "filter": WHOLE_ACCOUNT, "active": True}
        self._pagerduty.put(f"{PATH}/{subscription.id}", {"webhook_subscription": wanted})

    def enable(self, subscription: Subscription) -> None:
        """Take back that PagerDuty disabled it."""
        self._pagerduty.post(f"{PATH}/{subscription.id}/enable", {}, repeatable=True)

    def delete(self, subscription: Subscription) -> None:
        """Remove it; what waits in its queue is not sent any more."""
        self._pagerduty.delete(f"{PATH}/{subscription.id}")


def _subscription(row: dict[str, Any]) -> Subscription:
    method = row["delivery_method"]
    return Subscription(
        id=row["id"],
        address=str(method.get("url")),
        events=frozenset(row["events"]),
        active=bool(row.get("active", True)),
        disabled=bool(method.get("temporarily_disabled")),
        whole_account=row["filter"]["type"] == WHOLE_ACCOUNT["type"],
    )

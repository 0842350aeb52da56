"""The way from the local PagerDuty and the local Slack to Toban's receivers in Airflow."""

import json
import secrets
from pathlib import Path

import httpx

AUTHORIZED = {"Authorization": "Token token=demo"}
EVENTS = ("triggered", "acknowledged", "unacknowledged", "escalated", "reassigned", "delegated", "annotated",
          "priority_updated", "reopened", "resolved")  # fmt: skip


def receive_all(folder: Path, pagerduty_url: str, slack_url: str, receivers_url: str) -> dict[str, str]:
    """Subscribe to webhooks and clicks; gives what the receivers check signatures with, as environment.

    The webhooks' secret is shown once, when the subscription is made, so it is kept in the demo's folder.
    """
    kept = folder / "receiving.json"
    if not kept.exists():
        kept.touch(mode=0o600)
        signing = secrets.token_hex(16)
        kept.write_text(json.dumps({"webhooks": _subscribe(pagerduty_url, receivers_url), "clicks": signing}))
    known: dict[str, str] = json.loads(kept.read_text())
    clicks = {"url": f"{receivers_url}/slack", "signing_secret": known["clicks"]}
    httpx.post(f"{slack_url}/_sandbox/interactivity", json=clicks).raise_for_status()
    return {
        "TOBAN_PAGERDUTY_WEBHOOK_SECRET": known["webhooks"],
        "TOBAN_SLACK_SIGNING_SECRET": known["clicks"],
    }


def _subscribe(pagerduty_url: str, receivers_url: str) -> str:
    subscription = {
        "type": "webhook_subscription",
        "delivery_method": {"type": "http_delivery_method", "url": f"{receivers_url}/pagerduty"},
        "events": [f"incident.{event}" for event in EVENTS],
        "filter": {"type": "account_reference"},
    }
    made = httpx.post(
        f"{pagerduty_url}/webhook_subscriptions",
        json={"webhook_subscription": subscription},
        headers=AUTHORIZED,
    )
    secret: str = made.raise_for_status().json()["webhook_subscription"]["delivery_method"]["secret"]
    return secret

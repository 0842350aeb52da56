"""An event as PagerDuty's Events API v2 takes it."""

from typing import Any

from toban.domain.intake.nouns import Event


def events_v2(event: Event, client: str) -> dict[str, Any]:
    """The body of POST /v2/enqueue but for the routing key; ``client`` is the tool, as people call it.

    https://developer.pagerduty.com/docs/events-api-v2/trigger-events/. PagerDuty takes a payload with a
    resolve too and ignores it, so both actions look alike.
    """
    links = [{"href": link.href, "text": link.text} for link in event.links]
    payload = {
        "summary": event.summary,
        "source": event.source,
        "severity": event.severity,
        "timestamp": event.timestamp.isoformat() if event.timestamp else None,
        "component": event.component,
        "group": event.group,
        "class": event.class_,
        "custom_details": dict(event.custom_details),
    }
    body = {
        "event_action": event.action,
        "dedup_key": event.dedup_key,
        "payload": {name: value for name, value in payload.items() if value},
        "client": client,
        "client_url": links[0]["href"] if links else None,
        "links": links,
    }
    return {name: value for name, value in body.items() if value}

"""What monitoring tools send through the Events API v2, carried out."""

from toban.sandbox.pagerduty.life.actors import Actor, by_integration
from toban.sandbox.pagerduty.life.opening import Opening, trigger
from toban.sandbox.pagerduty.life.statuses import acknowledge, count_alerts, resolve
from toban.sandbox.pagerduty.wire import Json, reference, wire
from toban.sandbox.pagerduty.world import World

LONGEST_SUMMARY = 1024


def integration_by_key(world: World, routing_key: str) -> tuple[Json, Json] | None:
    """(service, integration) the key belongs to."""
    for service in world.directory.all("services"):
        for integration in service["integrations"]:
            if integration.get("integration_key") == routing_key:
                return service, integration
    return None


def receive(world: World, service: Json, integration: Json, sent: Json) -> None:
    """Trigger opens an incident unless the key has an open alert; what matches no open alert is dropped."""
    alert = _open_alert(world, service, sent["dedup_key"])
    if sent["event_action"] == "trigger":
        if not alert:
            open_by_event(world, service, integration, sent)
        return
    incident = world.incidents.find(alert["incident"]["id"]) if alert else None
    if not alert or not incident:
        return
    actor = by_integration(integration, client=sent.get("client"))
    if sent["event_action"] == "acknowledge":
        if incident["status"] == "triggered":
            acknowledge(world, incident, actor)
        return
    _resolve_alert(world, incident, alert, actor)


def open_by_event(world: World, service: Json, integration: Json, sent: Json) -> Json:
    """Opens an incident as the event says, and returns it."""
    payload = sent["payload"]
    alert = {
        "summary": str(payload["summary"])[:LONGEST_SUMMARY],
        "severity": payload["severity"],
        "custom_details": payload.get("custom_details"),
        "dedup_key": sent["dedup_key"],
    }
    contexts = [{"type": "link", **link} for link in sent.get("links") or ()]
    contexts += [{"type": "image", **image} for image in sent.get("images") or ()]
    opening = Opening(
        title=alert["summary"], service=service, key=sent["dedup_key"], alert=alert, contexts=contexts
    )
    return trigger(world, opening, Actor(reference(service), _channel(integration, sent, alert)))


def _channel(integration: Json, sent: Json, alert: Json) -> Json:
    """The trigger's channel as the API shows it, with the event's body."""
    payload = sent["payload"]
    event = {
        key: payload.get(key) for key in ("source", "component", "group", "class", "severity", "timestamp")
    }
    return {
        "type": "api",
        "summary": alert["summary"],
        "description": alert["summary"],
        "incident_key": alert["dedup_key"],
        "client": sent.get("client") or integration["name"],
        "client_url": sent.get("client_url"),
        "details": alert["custom_details"] or {},
        "cef_details": {**event, "message": alert["summary"], "dedup_key": alert["dedup_key"]},
    }


def _open_alert(world: World, service: Json, key: str) -> Json | None:
    for incident in world.incidents.open():
        if incident["service"]["id"] == service["id"]:
            for alert in world.alerts.get(incident["id"], ()):
                if alert["alert_key"] == key and alert["status"] == "triggered":
                    return alert
    return None


def _resolve_alert(world: World, incident: Json, alert: Json, actor: Actor) -> None:
    """The incident ends with its last alert."""
    alert.update(status="resolved", resolved_at=wire(world.now()))
    count_alerts(world, incident)
    if all(one["status"] == "resolved" for one in world.alerts[incident["id"]]):
        resolve(world, incident, actor)

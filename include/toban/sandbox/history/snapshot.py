"""The incident as PagerDuty would show it: everything is read off its events."""

from datetime import datetime, timedelta
from typing import Any

from toban.sandbox.history.case import Case, Event
from toban.sandbox.history.references import Ref, ref, wire
from toban.sandbox.history.standing import status_after

Incident = dict[str, Any]


def incident_at(case: Case, events: list[Event], me: Ref, number: int, until: datetime) -> Incident:
    """The incident after `events`, all of which lie at or before `until`."""
    arrival = case.arrival
    last = wire(events[-1].at)
    incident: Incident = {
        "id": me["id"],
        "type": "incident",
        "summary": me["summary"],
        "html_url": f"https://sample.pagerduty.example/incidents/{me['id']}",
        "incident_number": number,
        "title": arrival.title,
        "description": arrival.title,
        "created_at": wire(arrival.at),
        "updated_at": last,
        "status": "",  # the trigger sets it
        "urgency": "low" if arrival.alert.severity == "warning" else "high",
        "incident_key": arrival.key,
        "service": case.service_ref,
        "teams": [arrival.team.ref],
        "escalation_policy": arrival.team.policy.ref,
        "priority": case.priority,
        "incident_type": {"name": "incident_default"},
        "assigned_via": "escalation_policy",
        "is_mergeable": True,
        "assignments": [],
        "acknowledgements": [],
        "last_status_change_at": last,
        "last_status_change_by": events[0].agent,
        "resolved_at": None,
        "resolve_reason": None,
        "incidents_responders": [],
        "responder_requests": [],
        "pending_actions": [],
    }
    for event in events:
        _apply(event, incident, me)
    if incident["status"] == "triggered":
        incident["last_status_change_at"] = last
    incident["pending_actions"] = _pending(case, incident, until)
    return incident


def _apply(event: Event, incident: Incident, me: Ref) -> None:
    before, at = incident["status"], wire(event.at)
    status = status_after(event.kind, before)
    if status != before:
        incident |= {"status": status, "last_status_change_at": at, "last_status_change_by": event.agent}
    incident["resolved_at"] = (
        at if event.kind == "resolve" else incident["resolved_at"] if status == "resolved" else None
    )
    if status != "acknowledged":
        incident["acknowledgements"] = []
    elif event.kind == "acknowledge":
        incident["acknowledgements"] = [
            *incident["acknowledgements"],
            {"at": at, "acknowledger": event.agent},
        ]
    if status == "resolved":
        incident["assignments"] = []
    elif "assigned" in event.means:
        _assign(event, incident, at)
    for key in ("urgency", "priority"):
        incident[key] = event.means.get(key, incident[key])
    incident["escalation_policy"] = event.means.get("policy", incident["escalation_policy"])
    if "incident_type" in event.means:
        incident["incident_type"] = {"name": event.means["incident_type"]}
    _apply_help(event, incident, me, at)


def _assign(event: Event, incident: Incident, at: str) -> None:
    """Two entries of one escalation belong together: they have the same time."""
    kept = [a for a in incident["assignments"] if event.kind == "escalate" and a["at"] == at]
    incident["assignments"] = kept + [{"at": at, "assignee": person} for person in event.more["assignees"]]
    incident["assigned_via"] = (
        "direct_assignment"
        if event.agent["type"] == "user_reference" and event.kind == "assign"
        else "escalation_policy"
    )


def _apply_help(event: Event, incident: Incident, me: Ref, at: str) -> None:
    means = event.means
    pointer = ref("incident", me["id"], me["summary"])
    if "asked" in means:
        asked = {"state": "pending", "user": means["asked"], "incident": pointer, "updated_at": at}
        asked |= {"message": means["message"], "requester": means["requester"], "requested_at": at}
        incident["incidents_responders"].append(asked)
        request = {
            "incident": pointer,
            "requester": means["requester"],
            "requested_at": at,
            "message": means["message"],
        }
        target = {"responder_request_target": {**means["asked"], "incidents_responders": [asked]}}
        incident["responder_requests"].append(request | {"responder_request_targets": [target]})
    if "joined" in means:
        for responder in incident["incidents_responders"]:
            responder |= {"state": "joined", "updated_at": at}


def _pending(case: Case, incident: Incident, until: datetime) -> list[dict[str, str]]:
    """What PagerDuty will do by itself next: escalate, take back an acknowledgement, resolve."""
    if incident["status"] == "resolved":
        return []
    wanted = "escalate" if incident["status"] == "triggered" else "unacknowledge"
    due = [due for known_at, action, due in case.deadlines if known_at <= until and action == wanted]
    stays = wanted == "escalate" and incident["assigned_via"] == "direct_assignment"
    pending = [{"type": wanted, "at": wire(due[-1])}] if due and due[-1] > until and not stays else []
    limit_s = case.arrival.service.source.auto_resolve_s
    if limit_s:
        pending.append({"type": "resolve", "at": wire(case.arrival.at + timedelta(seconds=limit_s))})
    return pending

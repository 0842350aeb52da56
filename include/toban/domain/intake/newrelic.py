"""New Relic: issues as its workflows send them, and incidents of the notification channels before."""

from toban.domain.intake.making import event, key_of, refused, titled
from toban.domain.intake.nouns import Event
from toban.domain.intake.reading import at, first, items, line, moment
from toban.domain.intake.severities import severity

NAME = "New Relic"
BEGUN = ("open", "created", "activated")
ENDED = ("closed", "resolved")


def newrelic(body: object) -> tuple[Event, ...]:
    """https://docs.newrelic.com/docs/alerts/get-notified/; an acknowledgement in New Relic is no news."""
    state = first(body, "current_state", "state").casefold()
    if not state:
        raise refused(NAME, "it has neither current_state nor state")
    if state not in {*BEGUN, *ENDED}:
        return ()
    number = first(body, "incident_id")
    issue = number or first(body, "issueId", "id")
    if not issue:
        raise refused(NAME, "it has neither an incident_id nor an issue's id")
    return (_incident(body, issue, state) if number else _issue(body, issue, state),)


def _incident(body: object, number: str, state: str) -> Event:
    targets = items(at(body, "targets"))
    target = targets[0] if targets else None
    return event(
        resolved=state in ENDED,
        key=key_of("newrelic", first(body, "account_id"), number),
        summary=titled(first(body, "condition_name"), first(body, "details")),
        source=first(target, "name") or first(body, "account_name", "policy_name") or NAME,
        severity=severity(first(body, "severity", "priority")),
        timestamp=moment(at(body, "timestamp")),
        component=first(target, "product"),
        group=first(body, "policy_name"),
        class_=first(target, "type"),
        more={"targets": targets, "policy": at(body, "policy_name"), "account": at(body, "account_name")},
        links=((at(body, "incident_url"), NAME), (at(body, "runbook_url"), "Runbook")),
    )


def _issue(body: object, issue: str, state: str) -> Event:
    entities = [line(each) for each in items(at(body, "impactedEntities"))]
    condition = ", ".join(line(each) for each in items(at(body, "alertConditionNames")))
    title = first(body, "title", "issueTitle") or line(condition)
    return event(
        resolved=state in ENDED,
        key=key_of("newrelic", issue),
        summary=title or "New Relic issue",
        source=", ".join(filter(None, entities)) or NAME,
        severity=severity(first(body, "priority", "severity")),
        timestamp=moment(at(body, "updatedAt" if state in ENDED else "createdAt")),
        group=", ".join(line(each) for each in items(at(body, "alertPolicyNames"))),
        class_=condition,
        more=body if isinstance(body, dict) else {},
        links=((at(body, "issueUrl") or at(body, "issuePageUrl"), NAME),),
    )

"""Datadog's webhooks: its own payload, or one written in its settings with more of its variables."""

import re
from typing import NamedTuple

from toban.domain.intake.making import event, key_of, refused
from toban.domain.intake.nouns import Event, Severity
from toban.domain.intake.reading import at, first, items, line, moment
from toban.domain.intake.severities import severity

NAME = "Datadog"
PRIORITY_IN_TITLE = re.compile(r"^\[(P[1-5])\]\s*")
STATE_IN_TITLE = re.compile(r"^\[([A-Za-z -]{1,20}?)(?: on \{([^\]]{0,500})\})?\]\s*")
ENDED = ("recovered", "recovery", "resolved", "ok", "success")
BY_STATE: dict[str, Severity] = {
    "triggered": "critical",
    "re-triggered": "critical",
    "alert": "critical",
    "warn": "warning",
    "re-warn": "warning",
    "no data": "warning",
    "re-no data": "warning",
    "recovered": "info",
}
SEVERITY_OF_TYPE: dict[str, Severity] = {
    "error": "critical",
    "warning": "warning",
    "info": "info",
    "success": "info",
}


class _Title(NamedTuple):
    """`[P2] [Triggered on {host:a}] CPU is high`, taken apart."""

    name: str
    state: str
    scope: str
    priority: str


def datadog(body: object) -> tuple[Event, ...]:
    """https://docs.datadoghq.com/integrations/webhooks/; the variables are those of the documentation."""
    title = _taken_apart(first(body, "title", "alert_title", "event_title"))
    if not title.name:
        raise refused(NAME, "it has no title")
    state = (first(body, "alert_transition") or title.state).casefold()
    kind = first(body, "alert_type").casefold()
    scope = _scope(body) or title.scope
    return (
        event(
            resolved=state in ENDED or kind == "success",
            key=_key(body, title, scope),
            summary=title.name,
            source=_source(body, scope),
            severity=_severity(body, title, state, kind),
            timestamp=moment(at(body, "date")) or moment(at(body, "last_updated")),
            component=_tag(body, scope, "service"),
            group=_tag(body, scope, "environment", "env"),
            class_=first(body, "alert_metric", "event_type", "type"),
            more=body if isinstance(body, dict) else {},
            links=((at(body, "link") or at(body, "url"), NAME), (at(body, "snapshot"), "Graph")),
        ),
    )


def _taken_apart(title: str) -> _Title:
    priority = PRIORITY_IN_TITLE.match(title)
    rest = title[priority.end() :] if priority else title
    state = STATE_IN_TITLE.match(rest)
    return _Title(
        name=rest[state.end() :].strip() if state else rest,
        state=state[1] if state else "",
        scope=(state[2] or "") if state else "",
        priority=priority[1] if priority else "",
    )


def _key(body: object, title: _Title, scope: str) -> str:
    """Datadog's own key, else monitor and group; its default payload has neither, only the title's parts."""
    own = first(body, "aggreg_key", "aggregation_key", "alert_cycle_key")
    if own:
        return key_of("datadog", own)
    return key_of("datadog", first(body, "alert_id", "monitor_id") or title.name, scope)


def _severity(body: object, title: _Title, state: str, kind: str) -> Severity:
    given = first(body, "alert_priority", "priority")
    priority = f"p{given}" if given.isdigit() else given
    return severity(
        priority, title.priority, unsaid=BY_STATE.get(state) or SEVERITY_OF_TYPE.get(kind) or "error"
    )


def _scope(body: object) -> str:
    scopes = ",".join(filter(None, (line(each) for each in items(at(body, "scopes")))))
    return first(body, "alert_scope", "scope") or line(scopes)


def _source(body: object, scope: str) -> str:
    named = first(body, "hostname", "host") or _tag(body, scope, "host", "service")
    return named or scope or first(at(body, "org"), "name") or NAME


def _tag(body: object, scope: str, *names: str) -> str:
    """The value of the first of those tags, in the group or among the tags, `host:a,env:b`."""
    listed = at(body, "tags")
    tags = [line(each) for each in items(listed)] or first(body, "tags").split(",")
    pairs = [tag.strip().partition(":") for tag in (*scope.split(","), *tags)]
    found = (value for name in names for tag, _, value in pairs if tag == name and value)
    return next(found, "")

"""Grafana: unified alerting, which speaks Alertmanager's form, and the alerts before version 9."""

import re

from toban.domain.intake.alertmanager import PLACES, grouped
from toban.domain.intake.making import event, key_of, refused, titled
from toban.domain.intake.nouns import Event
from toban.domain.intake.reading import at, first, host, items, moment
from toban.domain.intake.severities import severity

NAME = "Grafana"
STATE_IN_TITLE = re.compile(r"^\[[A-Za-z _-]{1,20}(:\d+)?\]\s*")  # "[Alerting] ", "[FIRING:1] "
WITHOUT_NEWS = ("pending", "paused")  # nothing has happened yet; somebody stopped looking
BY_STATE = {"alerting": "critical", "no_data": "warning"}


def grafana(body: object) -> tuple[Event, ...]:
    """https://grafana.com/docs/grafana/latest/alerting/configure-notifications/."""
    if at(body, "alerts") is not None:
        return grouped("grafana", NAME, body)
    name = STATE_IN_TITLE.sub("", first(body, "title")) or first(body, "ruleName")
    if not name:
        raise refused(NAME, "it has neither alerts nor a title")
    state = first(body, "state").casefold()
    return () if state in WITHOUT_NEWS else (_legacy(body, name, state),)


def _legacy(body: object, name: str, state: str) -> Event:
    tags = at(body, "tags") or at(body, "labels")
    matches = items(at(body, "evalMatches"))
    measured = at(matches[0], "tags") if matches else None
    rule = first(body, "ruleId", "ruleUid")
    return event(
        resolved=state in {"ok", "resolved", "normal"},
        key=key_of("grafana", first(body, "orgId", "orgID"), rule or name),
        summary=titled(name, first(body, "message") or first(at(body, "annotations"), "summary")),
        source=first(measured, *PLACES) or first(tags, *PLACES) or host(at(body, "ruleUrl")) or NAME,
        severity=severity(first(tags, "severity", "priority"), BY_STATE.get(state, "")),
        timestamp=moment(at(body, "timestamp")),
        component=first(tags, "service"),
        group=first(tags, "group", "environment"),
        class_=first(body, "ruleName"),
        more={"tags": tags, "evalMatches": matches, "state": state, "rule": rule},
        links=((at(body, "ruleUrl"), "Rule"), (at(body, "imageUrl"), "Graph")),
    )

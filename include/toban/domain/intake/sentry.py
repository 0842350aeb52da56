"""Sentry: issue alerts, issues, metric alerts of its integration platform, and its older webhooks plugin."""

import re

from toban.domain.intake.making import event, key_of, refused
from toban.domain.intake.nouns import Event
from toban.domain.intake.reading import at, first, items, line, moment, plain
from toban.domain.intake.severities import severity

NAME = "Sentry"
ENDED = ("resolved", "archived", "ignored")  # nobody shall be called for what somebody archived
BEGUN = ("created", "triggered", "unresolved", "critical", "warning")
PROJECT_IN_URL = re.compile(r"/projects/[^/]{1,100}/([^/]{1,100})/")
ISSUE_IN_URL = re.compile(r"/issues/(\d{1,30})")


def sentry(body: object) -> tuple[Event, ...]:
    """https://docs.sentry.io/integrations/integration-platform/webhooks/; other actions are no news."""
    action = first(body, "action")
    data = at(body, "data")
    if action and action not in {*BEGUN, *ENDED}:
        return ()
    if isinstance(at(data, "metric_alert"), dict):
        return (_metric(data, action),)
    issue = at(data, "issue") or at(data, "event") or at(data, "error") or (None if data else body)
    inner = at(issue, "event")
    title = first(inner, "title") or first(issue, "title", "message", "culprit")
    key = first(issue, "issue_id", "id" if issue is not at(data, "event") else "") or _issue_in(issue)
    if not title or not key:
        raise refused(NAME, "it has no issue with a title and an id")
    return (_issue(issue, inner, title, key, action),)


def _issue(issue: object, inner: object, title: str, key: str, action: str) -> Event:
    tags = at(issue, "tags") or at(inner, "tags")
    when = at(inner, "timestamp") or at(issue, "datetime") or at(issue, "lastSeen") or at(issue, "firstSeen")
    return event(
        resolved=action in ENDED,
        key=key_of("sentry", key),
        summary=title,
        source=_project(issue),
        severity=severity(first(issue, "level") or first(inner, "level")),
        timestamp=moment(when),
        component=first(issue, "logger", "platform"),
        group=first(inner, "environment") or first(issue, "environment") or _tag(tags, "environment"),
        class_=first(at(issue, "metadata"), "type") or first(issue, "type"),
        more={
            "message": at(issue, "message"),
            "culprit": at(issue, "culprit"),
            "tags": tags,
            "issue": key,
            "shortId": at(issue, "shortId"),
        },
        links=((at(issue, "web_url") or at(issue, "permalink") or at(issue, "url"), NAME),),
    )


def _metric(data: object, action: str) -> Event:
    alert = at(data, "metric_alert")
    rule = at(alert, "alert_rule")
    projects = [line(each) for each in items(at(alert, "projects"))]
    title = first(rule, "name") or first(alert, "title") or first(data, "description_title")
    return event(
        resolved=action == "resolved",
        key=key_of("sentry", "metric", first(alert, "id", "identifier") or first(rule, "id") or title),
        summary=title or "Metric alert",
        source=", ".join(filter(None, projects)) or NAME,
        severity=severity(action),
        timestamp=moment(at(alert, "date_closed" if action == "resolved" else "date_started")),
        group=first(rule, "environment"),
        class_=first(rule, "aggregate"),
        more={"description": at(data, "description_text"), "query": at(rule, "query")},
        links=((at(data, "web_url"), NAME),),
    )


def _issue_in(issue: object) -> str:
    """An issue alert's event names its issue by address where it has no issue_id."""
    found = ISSUE_IN_URL.search(plain(at(issue, "issue_url"), 500) + plain(at(issue, "web_url"), 500))
    return found[1] if found else ""


def _project(issue: object) -> str:
    project = at(issue, "project")
    found = PROJECT_IN_URL.search(plain(at(issue, "url"), 500))
    named = first(issue, "project_slug", "project_name") or first(project, "slug", "name")
    return named or (found[1] if found else line(project)) or NAME


def _tag(tags: object, name: str) -> str:
    """Sentry writes tags as pairs."""
    pairs = [each for each in items(tags) if isinstance(each, list) and len(each) == 2]
    return next((line(value) for tag, value in pairs if tag == name), "")

"""Mackerel's webhook channel."""

from toban.domain.intake.making import event, key_of, refused, titled
from toban.domain.intake.nouns import Event
from toban.domain.intake.reading import at, first, items, moment
from toban.domain.intake.severities import severity

NAME = "Mackerel"


def mackerel(body: object) -> tuple[Event, ...]:
    """https://mackerel.io/docs/entry/howto/alerts/webhook; other events (tests, hosts) are no news."""
    kind = first(body, "event")
    if not kind:
        raise refused(NAME, "it has no event")
    if kind != "alert":
        return ()
    alert = at(body, "alert")
    key, status = first(alert, "id"), first(alert, "status").casefold()
    if not key:
        raise refused(NAME, "its alert has no id")
    resolved = status == "ok" or at(alert, "isOpen") is False
    host, service = at(body, "host"), at(body, "service")
    roles = items(at(host, "roles"))
    name = first(alert, "monitorName", "metricLabel")
    return (
        event(
            resolved=resolved,
            key=key_of("mackerel", key),
            summary=titled(name, first(body, "message")) or f"{NAME} alert",
            source=first(host, "name") or first(service, "name") or first(body, "orgName") or NAME,
            severity=severity(status),
            timestamp=moment(at(alert, "closedAt" if resolved else "openedAt")),
            component=first(alert, "metricLabel"),
            group=first(roles[0], "fullname") if roles else first(service, "name"),
            class_=first(body, "type"),
            more={"alert": alert, "memo": at(body, "memo"), "host": host, "service": service},
            links=((at(alert, "url"), NAME), (at(host, "url"), "Host"), (at(body, "imageUrl"), "Graph")),
        ),
    )

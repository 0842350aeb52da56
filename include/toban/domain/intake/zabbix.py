"""Zabbix: a webhook media type that posts its parameters, named as those of Zabbix's own media types."""

import re

from toban.domain.intake.making import event, key_of, refused
from toban.domain.intake.nouns import Event, Severity
from toban.domain.intake.reading import at, first, moment
from toban.domain.intake.severities import UNSAID, severity

NAME = "Zabbix"
BY_NUMBER: tuple[Severity, ...] = ("info", "info", "warning", "warning", "error", "critical")
UNFILLED = re.compile(r"\{[A-Z0-9.$#{][^{}]{0,100}\}+|\*UNKNOWN\*")  # a macro that Zabbix had no value for


def zabbix(body: object) -> tuple[Event, ...]:
    """{EVENT.VALUE} 1 begins and 0 ends; {EVENT.ID} is the problem's in both. Updates are no news."""
    key, value = _given(body, "event_id"), _given(body, "event_value")
    title = _given(body, "event_name", "alert_subject", "trigger_name")
    if not key or value not in {"0", "1"} or not title:
        raise refused(NAME, "it needs event_id, event_value (0 or 1) and event_name")
    if _given(body, "event_update_status") == "1":
        return ()
    address = _given(body, "zabbix_url").rstrip("/")
    trigger = _given(body, "trigger_id")
    page = f"{address}/tr_events.php?triggerid={trigger}&eventid={key}" if address and trigger else ""
    return (
        event(
            resolved=value == "0",
            key=key_of("zabbix", address, key),
            summary=title,
            source=_given(body, "host_name", "host_host", "host_ip") or NAME,
            severity=_severity(body),
            timestamp=moment(at(body, "event_recovery_timestamp" if value == "0" else "event_timestamp")),
            group=_given(body, "host_groups"),
            class_=_given(body, "item_name"),
            more=body if isinstance(body, dict) else {},
            links=((page, NAME),),
        ),
    )


def _severity(body: object) -> Severity:
    number = _given(body, "event_nseverity")
    if number in {"0", "1", "2", "3", "4", "5"}:
        return BY_NUMBER[int(number)]
    return severity(_given(body, "event_severity"), unsaid=UNSAID)


def _given(body: object, *names: str) -> str:
    return next((text for name in names if (text := first(body, name)) and not UNFILLED.fullmatch(text)), "")

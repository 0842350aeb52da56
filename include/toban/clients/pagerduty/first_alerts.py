"""What the monitoring tool said, out of the log entry that began an incident."""

import html
import re
from collections.abc import Iterator
from typing import Any

from toban.clients.pagerduty.monitoring_tools import tool_name
from toban.clients.pagerduty.records.references import Row, kind_of, name_of
from toban.clients.pagerduty.records.scrub import UNWANTED_KEYS, masked
from toban.domain.alerts.nouns import Alert

LONGEST_BODY = 4_000  # characters: what runbooks are matched with; a body may have half a megabyte
DEEPEST = 8  # levels of nested details; senders can nest them until Python's stack ends
CHANNELS_THAT_ARE_TOOLS = {"email": "Email", "nagios": "Nagios"}
TAG = re.compile(r"<[^>]*>")


def read_alert(entry: Row) -> Alert:
    """Of a trigger entry whose channel is included; texts are hostile, without e-mails and phone numbers."""
    channel = entry.get("channel") or {}
    cef = _mapping(channel.get("cef_details"))
    severity = cef.get("severity") or channel.get("severity")
    return Alert(
        tool=_tool(entry, channel, cef),
        severity=str(severity).lower() if severity else None,
        body=_body(channel, cef),
    )


def _tool(entry: Row, channel: Row, cef: Row) -> str | None:
    agent = entry.get("agent")
    integration = name_of(agent) if (kind_of(agent) or "").endswith("integration") else None
    sent = (
        channel.get("client") or cef.get("client") or CHANNELS_THAT_ARE_TOOLS.get(channel.get("type") or "")
    )
    found = sent or integration
    return tool_name(str(found)) if found else None


def _body(channel: Row, cef: Row) -> str:
    mail = channel.get("body")
    if mail and channel.get("body_content_type") == "text/html":
        mail = html.unescape(TAG.sub(" ", str(mail)[: 2 * LONGEST_BODY]))
    parts: list[str] = []
    length = 0
    for line in _lines(channel.get("details") or mail or cef.get("details"), "", DEEPEST):
        parts.append(line)
        length += len(line) + 1
        if length > LONGEST_BODY:
            break
    return "\n".join(parts)[:LONGEST_BODY].rstrip()


def _lines(value: Any, name: str, levels: int) -> Iterator[str]:
    """``name: value`` a line, nested names joined by dots; what lies too deep is left out."""
    if isinstance(value, dict):
        named = ((f"{name}.{key}" if name else key, item) for key, item in value.items() if _wanted(key))
    elif isinstance(value, list):
        named = ((name, item) for item in value)
    elif value is None or value == "":
        return
    else:
        text = str(value)[: 2 * LONGEST_BODY]  # cut after masking too: half an address is no address
        yield masked(f"{name}: {text}" if name else text) or ""
        return
    if levels:
        for key, item in named:
            yield from _lines(item, key, levels - 1)


def _wanted(key: str) -> bool:
    return key.lower() not in UNWANTED_KEYS


def _mapping(value: Any) -> Row:
    return value if isinstance(value, dict) else {}

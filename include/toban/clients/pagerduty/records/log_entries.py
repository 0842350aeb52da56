"""A log entry as the warehouse's row: what happened, who did it, and never how to reach anybody."""

from datetime import datetime
from typing import Any

from toban.clients.pagerduty.records.references import Row, id_of, ids_of, kind_of, name_of
from toban.clients.pagerduty.records.scrub import masked, scrubbed

# Kinds whose whole content has a column. Of every other kind the entry itself is kept.
TOLD_BY_COLUMNS = frozenset({
    "trigger", "acknowledge", "unacknowledge", "resolve", "escalate", "assign", "delegate",
    "notify", "annotate", "snooze", "unsnooze", "urgency_change", "reach_ack_limit",
    "reach_trigger_limit", "repeat_escalation_path", "exhaust_escalation_path",
})  # fmt: skip
# Channels that are a way to reach somebody: PagerDuty's sentence may spell it out.
REACHING = frozenset({"email", "sms", "phone"})
# They repeat what stands in columns or in other tables.
LEFT_OUT_OF_ENTRIES = (
    "id",
    "type",
    "created_at",
    "incident",
    "service",
    "teams",
    "self",
    "html_url",
    "agent",
)
LEFT_OUT_OF_TRIGGERS = frozenset(
    {"type", "summary", "client", "service_key", "raw_url", "html_url", "to", "from"}
)


def log_entry_row(entry: Row) -> Row:
    """One row of `log_entries`."""
    kind = entry["type"].removesuffix("_log_entry")
    agent, channel = entry.get("agent"), entry.get("channel") or {}
    return {
        "id": entry["id"],
        "incident_id": id_of(entry.get("incident")),
        "type": kind,
        "created_at": entry["created_at"],
        "agent_type": kind_of(agent),
        "agent_id": id_of(agent),
        "agent_name": name_of(agent),
        "channel_type": channel.get("type"),
        "channel_client": channel.get("client") or (channel.get("cef_details") or {}).get("client"),
        "summary": _summary(kind, entry, channel),
        "note": note_text(entry) if kind == "annotate" else entry.get("note"),
        "assignee_ids": ids_of(entry.get("assignees")),
        "user_id": id_of(entry.get("user")),
        "notification_type": (channel.get("notification") or {}).get("type"),
        "snooze_s": _snooze_s(entry, channel) if kind == "snooze" else None,
        "service_id": id_of(entry.get("service")),
        "details": _details(kind, entry, channel),
    }


def note_row(entry: Row) -> Row | None:
    """The note an annotate entry carries as a row of `notes`, under the entry's id: it names no other."""
    if entry["type"] != "annotate_log_entry":
        return None
    return {
        "id": entry["id"],
        "incident_id": id_of(entry.get("incident")),
        "user_id": id_of(entry.get("agent")),
        "user_name": name_of(entry.get("agent")),
        "content": note_text(entry),
        "created_at": entry["created_at"],
        "updated_at": entry["created_at"],
    }


def note_text(entry: Row) -> str | None:
    """PagerDuty was seen to put a note's text in either of three places."""
    channel = entry.get("channel") or {}
    text: str | None = channel.get("summary") or entry.get("note") or channel.get("content")
    return text


def _summary(kind: str, entry: Row, channel: Row) -> str | None:
    text: str | None = entry.get("summary")
    reaches = kind == "notify" or kind not in TOLD_BY_COLUMNS or channel.get("type") in REACHING
    return masked(text) if reaches else text


def _snooze_s(entry: Row, channel: Row) -> int | None:
    """Written on the channel, or told by when the unacknowledgement is due."""
    if str(channel.get("duration")).isdecimal():
        return int(channel["duration"])
    due = [action.get("at") for action in entry.get("changed_actions") or () if action.get("at")]
    if not due:
        return None
    return round(
        (datetime.fromisoformat(due[0]) - datetime.fromisoformat(entry["created_at"])).total_seconds()
    )


def _details(kind: str, entry: Row, channel: Row) -> Any:
    if kind == "trigger":
        body = {key: value for key, value in channel.items() if key not in LEFT_OUT_OF_TRIGGERS and value}
        # An e-mail is people's text; what a monitoring tool sent stays as it is.
        return (scrubbed(body) if channel.get("type") == "email" else body) or None
    if kind in TOLD_BY_COLUMNS:
        return None
    return scrubbed({key: value for key, value in entry.items() if key not in LEFT_OUT_OF_ENTRIES})

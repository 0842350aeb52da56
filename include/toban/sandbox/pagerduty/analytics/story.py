"""One incident's log entries, read for the figures."""

from datetime import datetime, timedelta
from functools import cached_property

from toban.sandbox.pagerduty.wire import Json, parse

HANDED_OUT = ("assign_log_entry", "escalate_log_entry", "delegate_log_entry")


class Story:
    """`entries` are the incident's, oldest first."""

    def __init__(self, incident: Json, entries: list[Json]) -> None:
        self.incident = incident
        self.entries = entries
        self.created_at = parse(incident["created_at"])

    def of(self, *kinds: str) -> list[Json]:
        return [entry for entry in self.entries if entry["type"] in kinds]

    @cached_property
    def resolved(self) -> Json | None:
        """The resolution that holds; None while the incident is open."""
        ends = self.of("resolve_log_entry")
        return ends[-1] if ends and self.incident["status"] == "resolved" else None

    @property
    def resolved_at(self) -> datetime | None:
        return parse(self.resolved["created_at"]) if self.resolved else None

    @cached_property
    def engagements(self) -> dict[str, datetime]:
        """Person's id -> when they first acknowledged. Resolving, reassigning and escalating do not count."""
        first: dict[str, datetime] = {}
        for entry in self.of("acknowledge_log_entry"):
            if by_person(entry):
                first.setdefault(entry["agent"]["id"], parse(entry["created_at"]))
        return first

    def seconds_to_first_ack(self) -> int | None:
        acks = self.of("acknowledge_log_entry")
        return seconds(parse(acks[0]["created_at"]) - self.created_at) if acks else None

    def seconds_to_resolve(self) -> int | None:
        return seconds(self.resolved_at - self.created_at) if self.resolved_at else None

    def seconds_to_engage(self) -> int | None:
        """First engagement to last; None with fewer than two people."""
        moments = self.engagements.values()
        return seconds(max(moments) - min(moments)) if len(moments) > 1 else None

    def seconds_to_mobilize(self) -> int | None:
        """Start to the last person's engagement; None with fewer than two."""
        moments = self.engagements.values()
        return seconds(max(moments) - self.created_at) if len(moments) > 1 else None

    def engaged_seconds(self) -> int | None:
        """Summed over people, each from engaging until it was resolved; None while it is open."""
        end = self.resolved_at
        return (
            sum(seconds(max(end - begin, timedelta())) for begin in self.engagements.values())
            if end
            else None
        )

    def escalations(self, *, by_hand: bool) -> int:
        """Entries of the same moment are one escalation to several people."""
        entries = [entry for entry in self.of("escalate_log_entry") if by_person(entry) == by_hand]
        return len({entry["created_at"] for entry in entries})

    def reassignments(self) -> int:
        """Assignments by people, after the one that began it."""
        given = self.of("assign_log_entry", "delegate_log_entry")[1:]
        return len({entry["created_at"] for entry in given if by_person(entry)})

    def assignments(self) -> list[Json]:
        """References to people, once for each time something was handed to them."""
        return [person for entry in self.of(*HANDED_OUT) for person in entry.get("assignees") or ()]

    def snoozed_seconds(self) -> int:
        """Each snooze lasts as it was meant to, unless another snooze or the resolution ends it."""
        marks = self.of("snooze_log_entry", "unsnooze_log_entry", "resolve_log_entry")
        total = 0
        for number, entry in enumerate(marks):
            if entry["type"] == "snooze_log_entry":
                begin = parse(entry["created_at"])
                end = begin + timedelta(seconds=int(entry["channel"].get("duration") or 0))
                after = marks[number + 1 : number + 2]
                total += seconds(min([end, *(parse(one["created_at"]) for one in after)]) - begin)
        return total


def by_person(entry: Json) -> bool:
    return bool(entry["agent"] and entry["agent"]["type"] == "user_reference")


def seconds(length: timedelta) -> int:
    return int(length.total_seconds())

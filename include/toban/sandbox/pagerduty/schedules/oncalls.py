"""Who is on call: escalation policies put together with the schedules they ring."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from toban.sandbox.pagerduty.directory import Directory
from toban.sandbox.pagerduty.schedules.rendering import HORIZON, final_spans
from toban.sandbox.pagerduty.wire import Json, parse

PERMANENT = datetime.min.replace(tzinfo=UTC)  # sorts users who are always on call before everyone else


class OnCall(NamedTuple):
    """`start` None: always was on call; `end` None: never goes off call; schedule_id None: rung directly."""

    policy_id: str
    level: int
    user_id: str
    schedule_id: str | None
    start: datetime | None
    end: datetime | None


def on_calls(directory: Directory, since: datetime, until: datetime) -> list[OnCall]:
    """Every on-call that overlaps [since, until], by policy, level and start; equal ends mean that moment."""
    shifts: dict[str, list[tuple[str, datetime | None, datetime | None]]] = {}
    found: list[OnCall] = []
    for policy in directory.all("escalation_policies"):
        for level, rule in enumerate(policy["escalation_rules"], start=1):
            for target in rule["targets"]:
                found += _of_target(directory, policy["id"], level, target, since, until, shifts)
    return sorted(found, key=lambda one: (one.policy_id, one.level, one.start or PERMANENT, one.user_id))


def _of_target(
    directory: Directory,
    policy_id: str,
    level: int,
    target: Json,
    since: datetime,
    until: datetime,
    shifts: dict[str, list[tuple[str, datetime | None, datetime | None]]],
) -> Iterator[OnCall]:
    if target["type"].startswith("user"):
        yield OnCall(policy_id, level, target["id"], None, None, None)
        return
    schedule = directory.find("schedules", target["id"])
    if not schedule:
        return
    if schedule["id"] not in shifts:
        shifts[schedule["id"]] = list(_shifts(schedule, since, until))
    for user_id, start, end in shifts[schedule["id"]]:
        yield OnCall(policy_id, level, user_id, schedule["id"], start, end)


def _shifts(
    schedule: Json, since: datetime, until: datetime
) -> Iterator[tuple[str, datetime | None, datetime | None]]:
    earliest = min((parse(layer["start"]) for layer in schedule["schedule_layers"]), default=since)
    for span in final_spans(schedule, since, until):
        started_before = span.start <= since - HORIZON
        start = min(earliest, span.start) if started_before else span.start
        yield span.user_id, start, None if span.end >= until + HORIZON else span.end


def users_on_call(directory: Directory, policy_id: str, level: int, at: datetime) -> list[str]:
    """Ids of those whom this level of the policy rings at that moment; empty in a gap."""
    policy = directory.find("escalation_policies", policy_id)
    if not policy or not 1 <= level <= len(policy["escalation_rules"]):
        return []
    found: list[str] = []
    for target in policy["escalation_rules"][level - 1]["targets"]:
        on = _of_target(directory, policy_id, level, target, at, at, {})
        found += [one.user_id for one in on if one.user_id not in found]
    return found

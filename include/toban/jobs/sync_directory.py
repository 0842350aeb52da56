"""Users, teams, services, escalation policies and schedules: all of them, once a day."""

from datetime import datetime, timedelta
from typing import Any

from toban.clients.pagerduty import PagerDuty
from toban.clients.pagerduty.records import DIRECTORY, rule_rows
from toban.clients.warehouse import Writer
from toban.jobs.sync_state import DIRECTORY_SYNCED_AT, iso, read_moment

Row = dict[str, Any]
EVERY = timedelta(days=1)
INCLUDED = {"services": ("integrations",)}


def directory_is_due(writer: Writer, now: datetime) -> bool:
    """Whether a day has passed since it was read."""
    last = read_moment(writer, DIRECTORY_SYNCED_AT)
    return last is None or now - last >= EVERY


def sync_directory(pagerduty: PagerDuty, writer: Writer, now: datetime) -> None:
    """Read everything, then store it in one transaction. What is gone stays, for old incidents."""
    found = {path: list(pagerduty.rows(path, path, include=INCLUDED.get(path))) for path in DIRECTORY}
    with writer.transaction():
        for path, (table, row) in DIRECTORY.items():
            writer.merge(table, [row(thing) for thing in found[path]])
        writer.merge("users", _gone(writer, {user["id"] for user in found["users"]}))
        _replace_rules(
            writer, [rule for policy in found["escalation_policies"] for rule in rule_rows(policy)]
        )
        writer.set_state(DIRECTORY_SYNCED_AT, iso(now))


def _gone(writer: Writer, listed: set[str]) -> list[Row]:
    stored = writer.rows("select id from users where not deleted")
    return [{"id": user["id"], "deleted": True} for user in stored if user["id"] not in listed]


def _replace_rules(writer: Writer, rules: list[Row]) -> None:
    stored = writer.rows(
        "select escalation_policy_id, level, target_type, target_id, delay_s from escalation_rules"
    )
    if sorted(map(_plain, stored)) == sorted(map(_plain, rules)):
        return
    writer.execute("delete from escalation_rules")
    writer.merge("escalation_rules", rules)


def _plain(rule: Row) -> tuple[Any, ...]:
    return tuple(rule.values())

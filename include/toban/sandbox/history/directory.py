"""The directory of the sample company: four teams with everything PagerDuty knows about them."""

from datetime import datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from toban.sandbox.history.references import Ids, Ref, ref, reference_to
from toban.sandbox.history.schedules import add_overrides, gaps_of, past_swaps, planned_swaps, schedule_row
from toban.sandbox.history.services import policy_row, priority_rows, service_row
from toban.sandbox.history.sources import TeamSource, teams
from toban.sandbox.history.users import user_row

Directory = dict[str, list[dict[str, Any]]]
KINDS = ("users", "teams", "services", "escalation_policies", "schedules", "priorities")


def build_directory(rng: Random, ids: Ids, since: datetime, until: datetime) -> Directory:
    """The directory as it stands at `until`, with schedules that reach back before `since`."""
    directory: Directory = {kind: [] for kind in KINDS}
    directory["priorities"] = priority_rows(ids)
    for team in teams():
        _add_team(directory, team, rng, ids, (since, until))
    return directory


def _add_team(
    directory: Directory, source: TeamSource, rng: Random, ids: Ids, span: tuple[datetime, datetime]
) -> None:
    team = {
        "id": ids.next(),
        "type": "team",
        "summary": source.name,
        "name": source.name,
        "description": source.slug,
    }
    me = reference_to(team)
    before = len(directory["users"])
    users = [user_row(ids, person, source, me, before + n) for n, person in enumerate(source.people)]
    manager, *members = [reference_to(user) for user in users]
    primary, secondary = _schedules(source, me, members, rng, ids, span)
    policy = ref("escalation_policy", ids.next(), source.policy)
    services = [service_row(ids, service, me, policy) for service in source.services]
    targets = {"primary": reference_to(primary), "secondary": reference_to(secondary), "manager": manager}
    for schedule in (primary, secondary):
        schedule["escalation_policies"] = [policy]
    directory["teams"].append(team)
    directory["users"] += users
    directory["schedules"] += [primary, secondary]
    directory["services"] += services
    directory["escalation_policies"].append(
        policy_row(ids, policy, source, me, targets, [reference_to(service) for service in services])
    )


def _schedules(
    source: TeamSource, team: Ref, members: list[Ref], rng: Random, ids: Ids, span: tuple[datetime, datetime]
) -> tuple[dict[str, Any], dict[str, Any]]:
    zone = ZoneInfo(source.time_zone)
    order = {"primary": members, "secondary": members[2:] + members[:2]}  # never the same person on both
    gaps = {role: gaps_of(source.slug, role, zone, *span) for role in order}
    rows = {
        role: schedule_row(ids, team, role, zone, users, span[0], gaps[role]) for role, users in order.items()
    }
    for role, other in (("primary", "secondary"), ("secondary", "primary")):
        swaps = planned_swaps(source.slug, role, zone, span[1])
        if role == "primary":
            swaps += past_swaps(rng, zone, *span, gaps[role])
        add_overrides(rows[role], rows[other], swaps, rng, ids)
    return rows["primary"], rows["secondary"]

"""Users, teams, services, escalation policies and schedules as the warehouse's rows."""

from collections.abc import Callable, Iterator

from toban.clients.pagerduty.records.references import Row, id_of, ids_of, name_of


def user_row(user: Row) -> Row:
    """One row of `users`: without the e-mail address."""
    return {
        "id": user["id"],
        "name": name_of(user),
        "time_zone": user.get("time_zone"),
        "role": user.get("role"),
        "notification_rules": _number(user.get("notification_rules")),
        "deleted": False,
    }


def _number(listed: list[Row] | None) -> int | None:
    """How many; None where PagerDuty does not list them."""
    return None if listed is None else len(listed)


def team_row(team: Row) -> Row:
    """One row of `teams`."""
    return {"id": team["id"], "name": name_of(team)}


def service_row(service: Row) -> Row:
    """One row of `services`; its tools are its integrations, by their vendor where there is one."""
    tools = [name_of(one.get("vendor")) or name_of(one) for one in service.get("integrations") or ()]
    return {
        "id": service["id"],
        "name": name_of(service),
        "description": service.get("description"),
        "status": service.get("status"),
        "escalation_policy_id": id_of(service.get("escalation_policy")),
        "team_ids": ids_of(service.get("teams")),
        "acknowledgement_timeout_s": service.get("acknowledgement_timeout"),
        "auto_resolve_timeout_s": service.get("auto_resolve_timeout"),
        "monitoring_tools": [tool for tool in dict.fromkeys(tools) if tool],
    }


def policy_row(policy: Row) -> Row:
    """One row of `escalation_policies`."""
    return {
        "id": policy["id"],
        "name": name_of(policy),
        "team_ids": ids_of(policy.get("teams")),
        "num_loops": policy.get("num_loops"),
    }


def rule_rows(policy: Row) -> Iterator[Row]:
    """The policy's rows of `escalation_rules`; the first rule is level 1."""
    for level, rule in enumerate(policy.get("escalation_rules") or (), start=1):
        for target in rule.get("targets") or ():
            yield {
                "escalation_policy_id": policy["id"],
                "level": level,
                "target_type": target["type"].removesuffix("_reference"),
                "target_id": target["id"],
                "delay_s": 60 * (rule.get("escalation_delay_in_minutes") or 0),
            }


def schedule_row(schedule: Row) -> Row:
    """One row of `schedules`."""
    return {"id": schedule["id"], "name": name_of(schedule), "time_zone": schedule.get("time_zone")}


def shift_row(oncall: Row) -> Row:
    """One row of `oncall_shifts`; no start or end means for good."""
    return {
        "escalation_policy_id": oncall["escalation_policy"]["id"],
        "level": oncall["escalation_level"],
        "schedule_id": id_of(oncall.get("schedule")),
        "user_id": oncall["user"]["id"],
        "start_at": oncall.get("start"),
        "end_at": oncall.get("end"),
    }


# What the directory consists of: path, which is the answer's key too -> (table, row).
DIRECTORY: dict[str, tuple[str, Callable[[Row], Row]]] = {
    "users": ("users", user_row),
    "teams": ("teams", team_row),
    "services": ("services", service_row),
    "escalation_policies": ("escalation_policies", policy_row),
    "schedules": ("schedules", schedule_row),
}

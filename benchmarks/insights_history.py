"""A long invented history for the pages' speed, made by SQL: every filter, order and hour has something."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from toban.clients.warehouse import Warehouse, Writer

SERVICES, TEAMS, POLICIES, PEOPLE = 60, 12, 20, 200
YEARS = 3
# The n-th throw of incident i: always the same, from 0 up to the sides.
DICE = "create or replace temp macro dice(i, n, sides) as cast(hash(i * (2 * n + 1)) % sides as bigint)"
ZONES = "['Asia/Tokyo', 'Europe/Berlin', 'America/New_York', 'UTC']"
ALERTS = "['disk is full', 'p99 latency', 'queue grows', 'job failed', '決済APIの応答遅延', 'node not ready']"
TOOLS = "['Datadog', 'CloudWatch', 'Prometheus', 'Zabbix', null]"
PRIORITIES = "['P1', 'P2', 'P3', 'P4', null]"
# One in fifty is open, a quarter was never acknowledged, one in ten escalated, one in a hundred merged.
INVENTED = f"""
    create or replace temp table invented as
    select
        i,
        dice(i, 1, {SERVICES}) as service,
        service % {TEAMS} as team,
        service % {POLICIES} as policy,
        {ALERTS}[1 + dice(i, 2, 6)] || ' on host-' || dice(i, 3, 900) || ': ' || dice(i, 4, 100) || '%'
            as title,
        if(dice(i, 5, 4) = 0, 'low', 'high') as urgency,
        {PRIORITIES}[1 + dice(i, 6, 5)] as priority_name,
        {TOOLS}[1 + dice(i, 7, 5)] as tool,
        'U' || dice(i, 8, {PEOPLE}) as person,
        $now::timestamptz - to_seconds(($n - i) * {YEARS} * 31536000 // $n + 3600 + dice(i, 9, 30000))
            as created_at,
        if(dice(i, 10, 4) > 0, 20 + dice(i, 11, 100) ** 2 // 4, null)::bigint as acknowledged_s,
        if(dice(i, 12, 50) > 0, 300 + dice(i, 13, 1000) ** 2 // 20, null)::bigint as resolved_s,
        dice(i, 14, 3) > 0 as resolved_by_a_person,
        dice(i, 15, 10) = 0 as escalated,
        if(dice(i, 16, 100) = 0, 'Q' || i - 1, null) as merged_into
    from range(1, $n + 1) as numbers(i)
"""
INCIDENTS = """
    insert into incidents by name
    select
        'Q' || i as id, i as incident_number, title, urgency, priority_name, created_at, merged_into,
        if(resolved_s is null, 'triggered', 'resolved') as status,
        created_at + to_seconds(resolved_s) as resolved_at,
        coalesce(resolved_at, created_at) as updated_at,
        'S' || service as service_id, ['T' || team] as team_ids, 'E' || policy as escalation_policy_id,
        1 as alert_count
    from invented
"""
ENTRIES = """
    insert into log_entries by name
    with told as (
        select *, unnest([
            {'type': 'trigger', 'after_s': 0}, {'type': 'assign', 'after_s': 0},
            {'type': 'notify', 'after_s': if(urgency = 'high', 5, null)},
            {'type': 'escalate', 'after_s': if(escalated, 600, null)},
            {'type': 'acknowledge', 'after_s': acknowledged_s}, {'type': 'resolve', 'after_s': resolved_s}
        ], recursive := true)
        from invented
    )
    select
        'R' || i || type as id, 'Q' || i as incident_id, type, created_at + to_seconds(after_s) as created_at,
        if(type = 'acknowledge' or (type = 'resolve' and resolved_by_a_person), 'user', 'service')
            as agent_type,
        if(agent_type = 'user', person, 'S' || service) as agent_id,
        if(type = 'trigger', tool, null) as channel_client,
        if(type in ('assign', 'escalate'), [person], null) as assignee_ids,
        if(type = 'notify', person, null) as user_id,
        if(type = 'notify', 'push', null) as notification_type
    from told
    where after_s is not null
"""
RULES = f"""
    insert into escalation_rules by name
    select 'E' || policy as escalation_policy_id, level, 'schedule' as target_type,
        'C' || policy as target_id, 600 as delay_s
    from range({POLICIES}) as policies(policy), range(1, 3) as levels(level)
"""
# Every policy calls two people, who change every day, for a year and a month to come.
SHIFTS = f"""
    insert into oncall_shifts by name
    select 'E' || policy as escalation_policy_id, level, 'C' || policy as schedule_id,
        'U' || dice(day * {POLICIES} + policy, level, {PEOPLE}) as user_id,
        date_trunc('day', $now::timestamptz) + to_days(day::int) as start_at,
        start_at + interval 1 day as end_at
    from range(-365, 35) as days(day), range({POLICIES}) as policies(policy), range(1, 3) as levels(level)
"""
FACTS = """
    insert into incident_facts by name
    select
        'Q' || i as incident_id, i as incident_number, title, urgency, priority_name, created_at, merged_into,
        'S' || service as service_id, 'service ' || service as service, 'T' || team as team_id,
        created_at + to_seconds(acknowledged_s) as acknowledged_at,
        created_at + to_seconds(resolved_s) as resolved_at,
        acknowledged_s as seconds_to_acknowledge, resolved_s as seconds_to_resolve,
        resolved_s is not null and not resolved_by_a_person as resolved_automatically,
        escalated::int as timeout_escalations, 0 as manual_escalations, 0 as reassignments,
        (urgency = 'high')::int as interruptions, interruptions as business_hour_interruptions,
        0 as off_hour_interruptions, 0 as sleep_hour_interruptions, true as history_complete
    from invented
"""


def invent(directory: Path, incidents: int) -> Warehouse:
    """A published warehouse with the incidents of the three years until now, five entries each."""
    warehouse = Warehouse(directory)
    with warehouse.write() as writer:
        _invent(writer, incidents)
        writer.execute(INCIDENTS)
        writer.execute(ENTRIES)
        writer.execute("insert into internal.changed_incidents select id from incidents")
        writer.rebuild_models()
        writer.publish()
    return warehouse


def invent_facts(directory: Path, incidents: int) -> Warehouse:
    """The same without their logs, so that ten million are made in a minute."""
    warehouse = Warehouse(directory)
    with warehouse.write() as writer:
        writer.rebuild_models()
        _invent(writer, incidents)
        writer.execute(FACTS)
        writer.publish()
    return warehouse


def _invent(writer: Writer, incidents: int) -> None:
    for table, letter, word, number in (
        ("services", "S", "service", SERVICES),
        ("teams", "T", "team", TEAMS),
        ("escalation_policies", "E", "policy", POLICIES),
        ("schedules", "C", "schedule", POLICIES),
        ("users", "U", "Person", PEOPLE),
    ):
        writer.merge(table, [{"id": f"{letter}{n}", "name": f"{word} {n}"} for n in range(number)])
    writer.execute(f"update users set time_zone = {ZONES}[1 + cast(substr(id, 2) as int) % 4]")
    now = datetime.now(UTC)
    writer.execute(DICE)
    writer.execute(INVENTED, {"n": incidents, "now": now})
    writer.execute(RULES)
    writer.execute(SHIFTS, {"now": now})
    read = [[(now - timedelta(days=365)).isoformat(), (now + timedelta(days=34)).isoformat()]]
    writer.set_state("shifts", json.dumps(read))

-- One row per value that incidents can be filtered by, the most frequent first within its kind.
with told as (
    select service_id, service, team_id, team, escalation_policy_id, escalation_policy,
           urgency, priority_name, monitoring_tool
    from incident_facts
),

counted as (
    select 'service' as kind, service_id as id, any_value(service) as name, count(*) as incidents
    from told group by service_id
    union all
    select 'team', team_id, any_value(team), count(*) from told group by team_id
    union all
    select 'policy', escalation_policy_id, any_value(escalation_policy), count(*) from told group by escalation_policy_id
    union all
    select 'urgency', urgency, urgency, count(*) from told group by urgency
    union all
    select 'priority', priority_name, priority_name, count(*) from told group by priority_name
    union all
    select 'tool', monitoring_tool, monitoring_tool, count(*) from told group by monitoring_tool
)

select kind, id, name
from counted
where id is not null
order by kind, incidents desc, name, id

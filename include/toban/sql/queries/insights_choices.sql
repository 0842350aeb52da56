-- One row per value that incidents can be filtered by, the most frequent first within its kind.
with told as (  -- few rows, so that a million are read once and not six times
    select
        service_id, team_id, escalation_policy_id, urgency, priority_name, monitoring_tool,
        any_value(service) as service,
        any_value(team) as team,
        any_value(escalation_policy) as escalation_policy,
        count(*) as incidents
    from incident_facts
    group by all
),

counted as (
    select 'service' as kind, service_id as id, any_value(service) as name, sum(incidents) as incidents
    from told group by service_id
    union all
    select 'team', team_id, any_value(team), sum(incidents) from told group by team_id
    union all
    select 'policy', escalation_policy_id, any_value(escalation_policy), sum(incidents)
    from told group by escalation_policy_id
    union all
    select 'urgency', urgency, urgency, sum(incidents) from told group by urgency
    union all
    select 'priority', priority_name, priority_name, sum(incidents) from told group by priority_name
    union all
    select 'tool', monitoring_tool, monitoring_tool, sum(incidents) from told group by monitoring_tool
)

select kind, id, name
from counted
where id is not null
order by kind, incidents desc, name, id

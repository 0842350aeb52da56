-- One row per incident and person who was assigned to it, told of it, or acknowledged it.
with changed as (
    select distinct incident_id from internal.changed_incidents
),

entries as (
    select log_entries.*
    from log_entries
    semi join changed using (incident_id)
    where type in ('assign', 'escalate', 'delegate', 'acknowledge', 'notify')
),

encounters as (
    select incident_id, unnest(assignee_ids) as user_id, created_at as assigned_at,
           null as acknowledged_at, null as notification_id
    from entries
    where type in ('assign', 'escalate', 'delegate')

    union all

    select incident_id, agent_id, null, created_at, null
    from entries
    where type = 'acknowledge' and agent_type = 'user'

    union all

    select incident_id, user_id, null, null, id
    from entries
    where type = 'notify'
),

summed_per_person as (
    select
        incident_id,
        user_id,
        min(assigned_at) as assigned_at,
        min(acknowledged_at) as acknowledged_at,
        count(notification_id) as notifications
    from encounters
    where user_id is not null
    group by incident_id, user_id
)

select
    incident_id,
    user_id,
    assigned_at,
    acknowledged_at,
    case
        when acknowledged_at >= assigned_at then date_sub('second', assigned_at, acknowledged_at)
    end as seconds_to_acknowledge,
    notifications
from summed_per_person

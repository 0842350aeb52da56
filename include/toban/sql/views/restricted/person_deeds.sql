-- One row per person, incident, second and whether the person acted in it or was called for it.
with told as (
    select agent_id as user_id, incident_id, created_at, true as acted
    from log_entries
    where agent_type = 'user' and agent_id is not null and type <> 'notify'

    union all

    select user_id, incident_id, created_at, false
    from log_entries
    where $calls_a_person
)

select distinct
    told.user_id,  -- the person
    coalesce(users.name, told.user_id) as name,  -- the person's name
    told.incident_id,  -- the incident
    date_trunc('second', told.created_at) as moment,  -- when, UTC
    told.acted  -- true: the person did something; false: a push, call or SMS went to the person
from told
left join users on users.id = told.user_id

-- One row per person, incident, moment and whether the person acted or was called; restricted snapshot only.
-- An e-mail calls nobody out; whatever a person did in an incident by hand counts, however it was sent.
with scope as (
    $of_the_scope
),

entries as (
    select log_entries.*
    from log_entries
    semi join scope using (incident_id)
    where log_entries.created_at >= $since and log_entries.created_at < $until
),

deeds as (
    select agent_id as person_id, incident_id, created_at, true as acted
    from entries
    where agent_type = 'user' and agent_id is not null and type <> 'notify'

    union

    select user_id, incident_id, created_at, false
    from entries
    where type = 'notify'
      and user_id is not null
      and regexp_replace(lower(notification_type), '_notification$', '') in ('push', 'phone', 'sms')
)

select
    deeds.person_id,
    coalesce(users.name, deeds.person_id) as person,
    deeds.incident_id,
    deeds.created_at as moment,
    deeds.acted
from deeds
left join users on users.id = deeds.person_id
order by person_id, incident_id, moment, acted desc

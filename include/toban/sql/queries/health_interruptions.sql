-- One row per person and interruption that began within the window with an incident of the team.
with scope as (
    $of_the_scope
)

select user_id as person_id, started_at, hour_kind, incident_id
from person_interruptions
semi join scope using (incident_id)
where started_at >= $since and started_at < $until
order by started_at, person_id, incident_id

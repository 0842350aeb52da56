-- One row per person and interruption that began within the window with an incident of the team.
with scope as (
    $of_the_scope
),

$interrupting_moments

select user_id as person_id, started_at, hour_kind, incident_id
from interrupting_moments
semi join scope using (incident_id)
where started_at >= $since and started_at < $until
order by started_at, person_id, incident_id

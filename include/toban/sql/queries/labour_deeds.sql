-- One row per deed in the team's incidents within the window; of the restricted snapshot only.
with scope as (
    $of_the_scope
)

select user_id as person_id, name as person, incident_id, moment, acted
from person_deeds
semi join scope using (incident_id)
where moment >= $since and moment < $until
order by person_id, incident_id, moment, acted desc

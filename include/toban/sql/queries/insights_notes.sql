-- One row per note on the incident, in the order they were written.
select user_name, content, created_at, updated_at
from notes
where incident_id = $incident
order by created_at, id

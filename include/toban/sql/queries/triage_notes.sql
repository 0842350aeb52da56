-- One row per note on these incidents, in the order of writing.
select incident_id, user_name, content
from notes
where list_contains($incidents, incident_id)
order by created_at, id

-- One row per note on the given incidents, oldest first.
select incident_id, user_name, content
from notes
where list_contains(cast($incidents as varchar[]), incident_id)
order by created_at, id

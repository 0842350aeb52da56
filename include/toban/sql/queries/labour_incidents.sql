-- One row per incident named: what the evidence shows of it.
select incident_id, incident_number, title, html_url
from incident_facts
where list_contains(cast($incident_ids as varchar[]), incident_id)

-- One row per incident named: what the evidence shows of it.
with named as (
    select unnest(cast($incident_ids as varchar[])) as incident_id
)

select incident_id, incident_number, title, html_url
from incident_facts
semi join named using (incident_id)

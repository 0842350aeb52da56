-- One row: the service's incidents since a moment, and those of them with the template.
select count(*) as "of", count(*) filter (where template = $template) as recent
from incident_facts
where service_id = $service_id and created_at >= $since and created_at < $at

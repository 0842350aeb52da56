-- One row per service that had the template before.
select template, service_id, incidents, first_seen, last_seen
from alert_templates
where template = $template and first_seen < $at

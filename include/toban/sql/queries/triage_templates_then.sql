-- The same as triage_templates, at a moment since which the template came again.
select
    template,
    service_id,
    count(*) as incidents,
    min(created_at) as first_seen,
    max(created_at) as last_seen
from incident_facts
where template = $template and created_at < $at
group by template, service_id

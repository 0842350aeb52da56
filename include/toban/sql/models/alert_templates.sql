-- One row per service and template.
select
    facts.service_id,
    arg_max(facts.service, facts.created_at) as service,
    facts.template,
    count(*) as incidents,
    count(*) filter (where $ended_by_itself) as ended_by_themselves,
    min(facts.created_at) as first_seen,
    max(facts.created_at) as last_seen,
    arg_max(facts.title, facts.created_at) as newest_title
from incident_facts as facts
semi join touched_templates as touched
    on touched.service_id is not distinct from facts.service_id
    and touched.template is not distinct from facts.template
group by facts.service_id, facts.template

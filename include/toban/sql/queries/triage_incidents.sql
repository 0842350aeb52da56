-- One row per incident with the template, of the service or of the others, the newest first.
select
    incident_id,
    incident_number,
    title,
    service_id,
    service,
    epoch(created_at) as began_s,
    seconds_to_resolve as took_s,
    coalesce($ended_by_itself, false) as by_itself,
    coalesce(acknowledged_by, if(resolved_automatically, null, resolved_by)) as handled_by,
    said_needed as needed,
    html_url
from incident_facts
where
    template = $template
    and (service_id = $service_id) is not distinct from $own
    and created_at < $at
    and created_at >= $since
    and merged_into is null
    and history_complete
order by created_at desc
limit $most

-- One row per incident of the team that began in the week and whose whole story is known.
with scope as (
    $of_the_scope
)

select
    incident_id,
    incident_number,
    title,
    coalesce(service, service_id) as service,
    html_url,
    created_at,
    seconds_to_acknowledge,
    seconds_to_resolve,
    coalesce(resolved_automatically, false) as resolved_automatically,
    coalesce(timeout_escalations, 0) as timeout_escalations,
    coalesce(business_hour_interruptions, 0) as business_hour_interruptions,
    coalesce(off_hour_interruptions, 0) as off_hour_interruptions,
    coalesce(sleep_hour_interruptions, 0) as sleep_hour_interruptions
from scope
where history_complete and created_at >= $since and created_at < $until
order by created_at, incident_id

-- One row per incident of the team that began since a moment.
with scope as (
    $of_the_scope
)

select
    incident_number,
    title,
    html_url,
    created_at,
    seconds_to_acknowledge,
    seconds_to_resolve,
    coalesce(resolved_automatically, false) as resolved_automatically,
    coalesce(sleep_hour_interruptions, 0) as sleep_hour_interruptions
from scope
where created_at >= $since and created_at < $until
order by created_at, incident_id

-- One row per incident of the scope that was still unacknowledged so many seconds after it began.
with scope as (
    $of_the_scope
)

select
    coalesce(waits.service_id, waits.service) as service,
    hour_kind,
    local_day >= $since as since,
    date_trunc('hour', waits.created_at) as hour,
    unacknowledged_seconds - $landmark_s as further_s,
    wait_ended_by
from acknowledgement_waits as waits
semi join scope on scope.incident_id = waits.incident_id
where unacknowledged_seconds > $landmark_s
  and waits.created_at < coalesce(cast($until as timestamptz), timestamptz 'infinity')
  and (cast($service as varchar) is null or $service in (waits.service, waits.service_id))
order by waits.created_at, waits.incident_id

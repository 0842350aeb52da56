-- One row per service and week in which incidents began; incidents without a known whole story are left out.
select
    local_week as week,  -- first day of the week, in the reporting time zone
    service_id,  -- PagerDuty's id of the service
    service,  -- its name
    $incident_measures,
    $incident_load
from reported_incidents
group by local_week, service_id, service

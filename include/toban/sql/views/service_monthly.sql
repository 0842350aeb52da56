-- One row per service and month in which incidents began; incidents without a known whole story are left out.
select
    local_month as month,  -- first day of the month, in the reporting time zone
    service_id,  -- PagerDuty's id of the service
    service,  -- its name
    $incident_measures,
    $incident_load
from reported_incidents
group by local_month, service_id, service

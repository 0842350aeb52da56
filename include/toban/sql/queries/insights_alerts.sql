-- One row per alert of the incident, the first first.
select summary, severity, status, monitoring_tool, created_at, resolved_at, suppressed
from alerts
where incident_id = $incident
order by created_at, id
limit $most

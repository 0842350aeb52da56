-- The incident of every log entry, note and alert is in incidents.
select distinct incident_id from log_entries anti join incidents on incidents.id = log_entries.incident_id
union all
select distinct incident_id from notes anti join incidents on incidents.id = notes.incident_id
union all
select distinct incident_id from alerts anti join incidents on incidents.id = alerts.incident_id

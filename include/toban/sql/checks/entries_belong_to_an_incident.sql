-- Every log entry, note and alert names its incident.
select id from log_entries where incident_id is null
union all
select id from notes where incident_id is null
union all
select id from alerts where incident_id is null

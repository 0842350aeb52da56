-- One row per incident of that id.
select * from incident_facts where incident_id = $incident

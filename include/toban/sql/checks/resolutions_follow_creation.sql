-- No incident is resolved before it began.
select incident_id from incident_facts where resolved_at < created_at

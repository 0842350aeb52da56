-- Nobody acknowledges an incident before it began.
select incident_id from incident_facts where acknowledged_at < created_at

-- One row per incident of that id whose thread was told a verdict or a runbook.
select said_at, verdict, reason, probability, like_ended, like_of, model, runbook_id, by_rule
from alert_readings
where incident_id = $incident

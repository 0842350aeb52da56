-- One row per incident of the list, in its order.
with $chosen_incidents,

$listed_incidents

select
    incident_id, incident_number, title, status, urgency, priority_name, service_id, service, team,
    escalation_policy, monitoring_tool, created_at, seconds_to_acknowledge, acknowledged_by, seconds_to_resolve,
    resolved_automatically, timeout_escalations, interruptions, sleep_hour_interruptions, note_count,
    history_complete
from listed
order by $order desc nulls last, created_at desc, incident_id
limit $most offset $skipped

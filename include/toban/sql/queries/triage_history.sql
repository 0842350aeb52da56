-- One row per past incident, oldest first, with numbers for names: what triage is trained on.
select
    dense_rank() over (order by service_id) as service,
    dense_rank() over (order by template) as template,
    epoch(created_at) as at_s,
    urgency = 'low' as low,
    coalesce(not said_needed, $ended_by_itself and seconds_to_resolve <= $soon_s, false) as transient,
    coalesce(epoch(said_needed_at), 0) as said_s
from incident_facts
where created_at <= $known_until and created_at >= $since and merged_into is null and history_complete
order by created_at, incident_id

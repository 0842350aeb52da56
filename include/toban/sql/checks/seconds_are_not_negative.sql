-- No duration is negative.
select incident_id
from incident_facts
where least(
    seconds_to_acknowledge, seconds_to_resolve, seconds_to_engage, seconds_to_mobilize,
    engaged_seconds, snoozed_seconds
) < 0

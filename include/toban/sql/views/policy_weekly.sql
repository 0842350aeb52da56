-- One row per escalation policy and week in which incidents began; incidents without a known whole story are left out.
select
    local_week as week,  -- first day of the week, in the reporting time zone
    escalation_policy_id,  -- PagerDuty's id of the escalation policy
    escalation_policy,  -- its name
    $incident_measures,
    $incident_load
from reported_incidents
group by local_week, escalation_policy_id, escalation_policy

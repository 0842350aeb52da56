-- One row per escalation policy and month in which incidents began; incidents without a known whole story are left out.
select
    local_month as month,  -- first day of the month, in the reporting time zone
    escalation_policy_id,  -- PagerDuty's id of the escalation policy
    escalation_policy,  -- its name
    $incident_measures,
    $incident_load
from reported_incidents
group by local_month, escalation_policy_id, escalation_policy

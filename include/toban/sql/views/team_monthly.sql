-- One row per PagerDuty team and month in which incidents began; incidents without a known whole story are left out.
select
    local_month as month,  -- first day of the month, in the reporting time zone
    team_id,  -- PagerDuty's id of the PagerDuty team
    team,  -- its name
    $incident_measures,
    $incident_load
from reported_incidents
group by local_month, team_id, team

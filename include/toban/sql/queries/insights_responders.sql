-- One row per person who had to do with the incident (restricted).
select
    coalesce(users.name, r.user_id) as name,
    r.assigned_at,
    r.acknowledged_at,
    r.seconds_to_acknowledge,
    r.notifications,
    count(i.started_at) as interruptions,
    count(*) filter (where i.hour_kind = 'sleep') as in_sleep
from incident_responders as r
left join users on users.id = r.user_id
left join interruptions as i on i.incident_id = r.incident_id and i.user_id = r.user_id
where r.incident_id = $incident
group by all
order by r.assigned_at nulls last, name

-- One row per shift that touches the stretch.
select
    s.escalation_policy_id,
    s.level,
    s.schedule_id,
    schedules.name as schedule,
    s.user_id,
    coalesce(users.name, s.user_id) as person,
    users.time_zone,
    s.start_at,
    s.end_at
from oncall_shifts as s
left join schedules on schedules.id = s.schedule_id
left join users on users.id = s.user_id
where coalesce(s.start_at < $until, true)
  and coalesce(s.end_at > $since, true)
order by all

-- One row per override of a schedule and escalation policy that the schedule serves, within the stretch.
select
    r.escalation_policy_id,
    r.level,
    coalesce(schedules.name, o.schedule_id) as schedule,
    coalesce(users.name, o.user_id) as person,
    o.start_at,
    o.end_at
from schedule_overrides as o
join escalation_rules as r on r.target_id = o.schedule_id
left join schedules on schedules.id = o.schedule_id
left join users on users.id = o.user_id
where o.start_at < $until
  and o.end_at > $since
order by all

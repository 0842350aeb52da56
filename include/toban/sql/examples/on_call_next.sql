-- Who is on call next, level by level, for the two weeks after the last sync?
-- 最後の同期から2週間、各レベルの当番は誰か
with synced as (
    select max(try_cast(value as timestamptz)) as until from sync_state where name = 'synced_until'
)

select
    coalesce(policies.name, shifts.escalation_policy_id) as escalation_policy,
    shifts.level,
    coalesce(users.name, shifts.user_id) as person,
    schedules.name as schedule,
    shifts.start_at,
    shifts.end_at
from oncall_shifts as shifts
cross join synced
left join escalation_policies as policies on policies.id = shifts.escalation_policy_id
left join users on users.id = shifts.user_id
left join schedules on schedules.id = shifts.schedule_id
where coalesce(shifts.start_at < synced.until + interval 14 days, true)
  and coalesce(shifts.end_at > synced.until, true)
order by escalation_policy, shifts.level, shifts.start_at nulls first, person

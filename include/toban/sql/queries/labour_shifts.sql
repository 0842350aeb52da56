-- One row per shift of the team's policies and schedules that touches the window; overrides are in the shifts.
select
    shifts.user_id as person_id,
    coalesce(users.name, shifts.user_id) as person,
    shifts.escalation_policy_id as policy_id,
    coalesce(policies.name, shifts.escalation_policy_id) as policy,
    shifts.level,
    shifts.schedule_id,
    shifts.start_at,
    shifts.end_at
from oncall_shifts as shifts
left join users on users.id = shifts.user_id
left join escalation_policies as policies on policies.id = shifts.escalation_policy_id
where shifts.user_id is not null
  and coalesce(shifts.start_at < $until, true)
  and coalesce(shifts.end_at > $since, true)
  and (
      list_contains(cast($policies as varchar[]), shifts.escalation_policy_id)
      or list_contains(cast($schedules as varchar[]), shifts.schedule_id)
  )
order by person_id, start_at nulls first, policy_id, level

-- A policy, level, schedule, person and start occur once in oncall_shifts.
select user_id
from oncall_shifts
group by escalation_policy_id, level, schedule_id, user_id, start_at
having count(*) > 1

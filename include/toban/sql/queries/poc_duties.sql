-- One row per level of an escalation policy that a service uses, and shift on it within the window; the shift
-- is null where the level has none.
with used as (
    select distinct escalation_policy_id as id from services where status is distinct from 'disabled'
),

levels as (
    select distinct rules.escalation_policy_id, rules.level
    from escalation_rules as rules
    join used on used.id = rules.escalation_policy_id
)

select
    levels.escalation_policy_id as policy_id,
    coalesce(policies.name, levels.escalation_policy_id) as policy,
    levels.level,
    shifts.user_id is not null as filled,
    shifts.start_at,
    shifts.end_at
from levels
left join escalation_policies as policies on policies.id = levels.escalation_policy_id
left join oncall_shifts as shifts
    on shifts.escalation_policy_id = levels.escalation_policy_id
    and shifts.level = levels.level
    and coalesce(shifts.start_at < $until, true)
    and coalesce(shifts.end_at > $since, true)
order by policy, policy_id, levels.level, shifts.start_at

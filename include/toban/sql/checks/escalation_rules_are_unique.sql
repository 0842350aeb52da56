-- A policy, level and target occur once in escalation_rules.
select escalation_policy_id
from escalation_rules
group by escalation_policy_id, level, target_type, target_id
having count(*) > 1

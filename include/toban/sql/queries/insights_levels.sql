-- One row per escalation policy and level that has somebody to call.
select p.id, coalesce(p.name, p.id) as name, p.team_ids, r.level
from escalation_policies as p
join escalation_rules as r on r.escalation_policy_id = p.id
group by all
order by name, p.id, r.level

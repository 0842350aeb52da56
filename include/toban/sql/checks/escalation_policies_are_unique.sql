-- An id occurs once in escalation_policies.
select id from escalation_policies group by id having count(*) > 1

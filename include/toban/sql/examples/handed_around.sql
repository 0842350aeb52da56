-- Which incidents were handed around most before they were resolved?
-- 解決までに最も多く担当が渡り歩いたインシデントはどれか
select
    incident_number,
    local_created_at as began,
    service,
    title,
    reassignments + manual_escalations + timeout_escalations as hand_overs,
    reassignments,
    manual_escalations,
    timeout_escalations,
    engaged_users,
    round(seconds_to_resolve / 3600.0, 1) as hours_to_resolve
from reported_incidents
where reassignments + manual_escalations + timeout_escalations > 0
order by hand_overs desc, hours_to_resolve desc nulls first, incident_number
limit 30

-- Which incidents did nobody acknowledge, and how did they end?
-- 誰も確認しなかったインシデントはどれか。どのように終わったか
select
    incident_number,
    local_created_at as began,
    service,
    title,
    urgency,
    case
        when resolved_at is null then 'still open'
        when merged_into is not null then 'merged into another'
        when resolved_automatically then 'resolved automatically'
        else 'resolved by a person'
    end as ended,
    seconds_to_resolve,
    timeout_escalations,
    html_url
from reported_incidents
where acknowledged_at is null
order by timeout_escalations desc, began desc

-- Which acknowledgements took longest in the last 28 days, and what did people write about them?
-- 直近28日で確認が最も遅かったインシデントはどれか。何が書き残されているか
with slowest as (
    select *
    from reported_incidents
    where local_day > (select max(local_day) - 28 from reported_incidents)
    order by seconds_to_acknowledge desc nulls last
    limit 20
),

written as (
    select incident_id, string_agg(content, ' / ' order by created_at) as notes
    from notes
    semi join slowest using (incident_id)
    group by incident_id
)

select
    slowest.incident_number,
    slowest.local_created_at as began,
    slowest.service,
    slowest.title,
    round(slowest.seconds_to_acknowledge / 60.0, 1) as minutes_to_acknowledge,
    slowest.timeout_escalations,
    written.notes,
    slowest.html_url
from slowest
left join written using (incident_id)
order by slowest.seconds_to_acknowledge desc, slowest.incident_number

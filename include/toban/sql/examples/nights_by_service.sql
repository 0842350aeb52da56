-- Which services wake people, in how many nights, and how often?
-- どのサービスが、何晩、何回、人を起こしているか
select
    service,
    count(distinct cast(local_created_at - interval 8 hours as date)) as nights,  -- each by its evening
    count(*) as incidents,
    sum(sleep_hour_interruptions) as sleep_hour_interruptions,
    round(100 * avg(cast(resolved_automatically as integer))) as resolved_automatically_pct
from reported_incidents
where sleep_hour_interruptions > 0
group by service
order by sleep_hour_interruptions desc, service

-- Which alerts came most often in the last 28 days, and how many of them did anybody have to act on?
-- 直近28日で最も多く発生したアラートはどれか。そのうち人が対応したのは何件か
select
    service,
    template as alert,
    count(*) as incidents,
    count(*) filter (where acknowledged_at is not null) as acknowledged,
    count(*) filter (where resolved_automatically) as resolved_automatically,
    sum(sleep_hour_interruptions) as sleep_hour_interruptions
from reported_incidents
where local_day > (select max(local_day) - 28 from reported_incidents)
group by service, template
order by incidents desc, service, alert
limit 20

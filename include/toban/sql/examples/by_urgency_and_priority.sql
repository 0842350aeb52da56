-- How do MTTA and MTTR differ by urgency and priority?
-- 緊急度と優先度で平均確認時間と平均対応時間はどう違うか
select
    urgency,
    coalesce(priority_name, 'none') as priority,
    count(*) as incidents,
    count(acknowledged_at) as acknowledged,
    round(avg(seconds_to_acknowledge)) as mtta_mean_s,
    median(seconds_to_acknowledge) as mtta_p50_s,
    quantile_cont(seconds_to_acknowledge, 0.9) as mtta_p90_s,
    round(avg(seconds_to_resolve)) as mttr_mean_s,
    median(seconds_to_resolve) as mttr_p50_s
from reported_incidents
group by urgency, priority
order by urgency, priority

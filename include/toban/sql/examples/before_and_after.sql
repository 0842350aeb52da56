-- How were MTTA and MTTR before and after a day? Put in yours for the middle of the data.
-- ある日の前後で平均確認時間と平均対応時間はどう変わったか。データの中央の日を目的の日に置き換える
with turn as (
    select cast(median(local_day) as date) as day from reported_incidents  -- or: select date '2026-04-01' as day
)

select
    if(local_day < turn.day, 'before', 'after') as period,
    min(local_day) as first_day,
    max(local_day) as last_day,
    count(*) as incidents,
    count(acknowledged_at) as acknowledged,
    round(avg(seconds_to_acknowledge)) as mtta_mean_s,
    median(seconds_to_acknowledge) as mtta_p50_s,
    quantile_cont(seconds_to_acknowledge, 0.9) as mtta_p90_s,
    median(seconds_to_resolve) as mttr_p50_s,
    sum(timeout_escalations) as timeout_escalations
from reported_incidents
cross join turn
group by period
order by first_day

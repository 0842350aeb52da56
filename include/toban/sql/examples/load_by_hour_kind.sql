-- How many interruptions a week fall into people's work, free time and sleep?
-- 週ごとの呼び出しは、営業時間・時間外・睡眠時間にそれぞれ何回あったか
select
    local_week as week,
    count(*) as incidents,
    sum(interruptions) as interruptions,
    sum(business_hour_interruptions) as business_hours,
    sum(off_hour_interruptions) as off_hours,
    sum(sleep_hour_interruptions) as sleep_hours,
    round(100.0 * sum(sleep_hour_interruptions) / nullif(sum(interruptions), 0)) as sleep_pct
from reported_incidents
group by local_week
order by local_week

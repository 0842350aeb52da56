-- How many incidents of each month are missing from MTTA and MTTR, and why?
-- 月ごとに、平均確認時間と平均対応時間から除かれたのは何件か。その理由は何か
select
    cast(date_trunc('month', created_at) as date) as month_utc,
    count(*) as incidents,
    count(*) filter (where not history_complete) as incomplete_history,
    count(*) filter (where history_complete and acknowledged_at is null) as not_acknowledged,
    count(*) filter (where history_complete and resolved_at is null) as not_resolved
from incident_facts
group by month_utc
order by month_utc

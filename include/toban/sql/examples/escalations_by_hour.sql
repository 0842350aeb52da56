-- At which hours of the day do incidents move up because nobody answers?
-- 誰も応答せず次のレベルに上がるのは、一日のどの時間帯か
select
    hour(local_created_at) as hour_of_day,
    count(*) as incidents,
    count(*) filter (where timeout_escalations > 0) as escalated_by_timeout,
    round(100.0 * escalated_by_timeout / incidents, 1) as escalated_pct,
    median(seconds_to_acknowledge) as mtta_p50_s
from reported_incidents
where urgency = 'high'
group by hour_of_day
order by hour_of_day

-- Through what do people acknowledge, and how quickly, by day and by night?
-- 人は何を使って確認しているか。昼と夜でどれだけ速いか
select
    acknowledged_through,
    if(hour(local_created_at) >= 22 or hour(local_created_at) < 8, 'night', 'day') as time_of_day,
    count(*) as incidents,
    median(seconds_to_acknowledge) as mtta_p50_s,
    quantile_cont(seconds_to_acknowledge, 0.9) as mtta_p90_s
from reported_incidents
where acknowledged_at is not null
group by acknowledged_through, time_of_day
order by incidents desc, acknowledged_through, time_of_day

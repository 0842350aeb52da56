-- When do incidents begin: how many on each weekday, hour by hour?
-- インシデントはいつ発生するか(曜日と時刻別の件数)
select
    isodow(local_created_at) as weekday,  -- 1 is Monday
    any_value(dayname(local_created_at)) as day,
    hour(local_created_at) as hour_of_day,
    count(*) as incidents,
    sum(interruptions) as interruptions
from reported_incidents
group by weekday, hour_of_day
order by weekday, hour_of_day

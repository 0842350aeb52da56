-- One row per time zone of PagerDuty's users, the most frequent first.
select time_zone
from users
where time_zone is not null and deleted is not true
group by time_zone
order by count(*) desc, time_zone

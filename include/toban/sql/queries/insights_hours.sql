-- One row per weekday and hour in which one of the chosen incidents began, on the local clock.
with $chosen_incidents,

counted as (
    select * from chosen
    where history_complete
      and ($include_merged or merged_into is null)
      and $only
)

select
    isodow(local_created_at) as weekday,  -- 1 is Monday
    hour(local_created_at) as hour_of_day,
    count(*) as incidents
from counted
group by weekday, hour_of_day
order by weekday, hour_of_day

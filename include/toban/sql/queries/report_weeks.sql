-- One row per week, on the team's clock, in which incidents of the team began.
with scope as (
    $of_the_scope
)

select
    cast(date_trunc('week', (created_at at time zone $time_zone) + to_days($week_shift)) as date)
        - cast($week_shift as integer) as week,
    cast(coalesce(sum(sleep_hour_interruptions), 0) as bigint) as night_calls,
    $incident_measures
from scope
where history_complete and created_at >= $since and created_at < $until
group by week
order by week

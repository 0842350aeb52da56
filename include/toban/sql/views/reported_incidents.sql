-- One row per incident whose whole story is known, with the local day, week and month it began in.
with on_the_local_clock as (
    select *, created_at at time zone $time_zone as local_created_at
    from incident_facts
    where history_complete
)

select
    * exclude (local_created_at),
    local_created_at,  -- when it began, on the clock of the reporting time zone
    cast(local_created_at as date) as local_day,  -- day it began, in the reporting time zone
    cast(date_trunc('week', local_created_at + interval ($week_shift) day) as date)
        - $week_shift as local_week,  -- first day of the week it began in
    cast(date_trunc('month', local_created_at) as date) as local_month  -- first day of the month it began in
from on_the_local_clock

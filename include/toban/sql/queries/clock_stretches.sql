-- One row per stretch of time in which the zone's clock is equally far ahead of UTC, from the first incident on.
with reach as (
    select
        date_trunc('day', coalesce(min(created_at), cast($until as timestamptz))) as first,
        greatest(max(created_at), cast($until as timestamptz)) + interval 1 day as last
    from incident_facts
),

days as (
    select day, epoch_us(day at time zone $time_zone) - epoch_us(day) as ahead_us
    from (select unnest(generate_series(first, last, interval 1 day)) as day from reach)
),

days_before_a_change as (
    select day from days qualify lead(ahead_us) over (order by day) <> ahead_us
),

minutes as (
    select day, minute, epoch_us(minute at time zone $time_zone) - epoch_us(minute) as ahead_us
    from (
        select day, unnest(generate_series(day, day + interval 1 day, interval 1 minute)) as minute
        from days_before_a_change
    )
),

changes as (
    select minute as since, ahead_us
    from minutes
    qualify lag(ahead_us) over (partition by day order by minute) <> ahead_us
)

select epoch_us(since) as since_us, ahead_us
from (select min(day) as since, arg_min(ahead_us, day) as ahead_us from days union all from changes)
order by since_us

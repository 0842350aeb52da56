near as (
    select user_id, incident_id, started_at, ended_at, hour_kind
    from interruptions
    -- A coarse cut first: days too many are cut off where this is used.
    where started_at >= coalesce(cast($since as timestamptz) - interval 1 day, timestamptz '0001-01-01')
      and started_at < coalesce(cast($until as timestamptz) + interval 2 days, timestamptz '9999-01-01')

    union all

    -- What was earlier, in one row a person, as it may go on.
    select user_id, null, min(started_at), max(ended_at), null
    from interruptions
    where started_at < coalesce(cast($since as timestamptz) - interval 1 day, timestamptz '0001-01-01')
    group by user_id
),

-- As the view person_interruptions has them, without looking at all that ever was.
interrupting_moments as (
    select user_id, incident_id, started_at, hour_kind
    from (select *, $goes_on as goes_on from near)
    where goes_on is not true
)

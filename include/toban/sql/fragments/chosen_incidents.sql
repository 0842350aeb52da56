on_the_local_clock as (
    select *, $local_created_at as local_created_at
    from incident_facts
    -- A coarse cut on the stored moments first: no zone is further than 14 hours from UTC.
    where created_at >= coalesce(cast($since as date) - 1, date '0001-01-01')
      and created_at < coalesce(cast($until as date) + 2, date '9999-01-01')
),

chosen as (
    select *
    from on_the_local_clock
    where cast(local_created_at as date)
        between coalesce(cast($since as date), date '0001-01-01')
        and coalesce(cast($until as date), date '9999-01-01')
)

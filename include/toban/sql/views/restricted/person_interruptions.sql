-- One row per person and interruption over all incidents: what came at most 60 s apart interrupted once.
with numbered_by_silence as (
    select *, $goes_on as goes_on
    from interruptions
),

grouped as (
    select
        *,
        count(*) filter (where goes_on is not true) over (
            partition by user_id order by started_at, incident_id rows unbounded preceding
        ) as interruption
    from numbered_by_silence
)

select
    user_id,  -- who was interrupted
    min(started_at) as started_at,  -- the first push, call or SMS, UTC
    max(ended_at) as ended_at,  -- the last one, UTC
    min(local_started_at) as local_started_at,  -- the first one on the person's own clock
    any_value(hour_kind) filter (where goes_on is not true) as hour_kind,  -- business, off or sleep, by the person's own clock
    any_value(incident_id) filter (where goes_on is not true) as incident_id  -- the incident that came first
from grouped
group by user_id, interruption

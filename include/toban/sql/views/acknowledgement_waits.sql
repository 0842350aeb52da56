-- One row per incident whose whole story is known: how long it was unacknowledged, and in which hours it began.
with synced as (
    select max(try_cast(value as timestamptz)) as synced_until from sync_state where name = 'synced_until'
),

watched as (
    select
        reported_incidents.*,
        local_created_at as local_started_at,
        coalesce(acknowledged_at, resolved_at, synced_until, created_at) as watched_until
    from reported_incidents
    cross join synced
)

select
    incident_id,
    service_id,
    service,
    team_id,
    team,
    created_at,
    local_day,  -- day it began, in the reporting time zone
    $hour_kind as hour_kind,  -- business, off or sleep, by the reporting time zone's clock when it began
    case
        when acknowledged_at is not null then 'acknowledged'
        when resolved_at is not null then 'resolved'
        else 'open'
    end as wait_ended_by,  -- acknowledged; resolved (without any acknowledgement); open (still waiting)
    greatest(
        date_sub('second', created_at, watched_until), 0
    ) as unacknowledged_seconds  -- from creation until then; open: until the last sync
from watched

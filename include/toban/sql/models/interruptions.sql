-- One row per incident, person and interruption: pushes, calls and SMS at most 60 s apart.
with changed as (
    select distinct incident_id from internal.changed_incidents
),

people as (
    select users.id, zones.name as time_zone
    from users
    join pg_timezone_names() as zones on zones.name = users.time_zone
),

disturbances as (
    select incident_id, user_id, created_at
    from log_entries
    semi join changed using (incident_id)
    where $calls_a_person
),

numbered_by_silence as (
    select
        *,
        created_at - lag(created_at) over each_person <= interval 60 seconds as goes_on
    from disturbances
    window each_person as (partition by incident_id, user_id order by created_at)
),

grouped_into_interruptions as (
    select
        *,
        count(*) filter (where goes_on is not true) over (
            partition by incident_id, user_id order by created_at
        ) as interruption
    from numbered_by_silence
),

counted_once as (
    select incident_id, user_id, min(created_at) as started_at, max(created_at) as ended_at
    from grouped_into_interruptions
    group by incident_id, user_id, interruption
),

on_the_persons_clock as (
    select
        counted_once.*,
        counted_once.started_at at time zone coalesce(people.time_zone, $time_zone) as local_started_at
    from counted_once
    left join people on people.id = counted_once.user_id
)

select
    incident_id,
    user_id,
    started_at,
    ended_at,
    local_started_at,
    $hour_kind as hour_kind
from on_the_persons_clock

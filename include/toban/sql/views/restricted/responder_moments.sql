-- One row per person and incident, and one per person and interruption, with the local week and month.
with moments as (
    select
        r.user_id, r.incident_id, r.acknowledged_at, r.seconds_to_acknowledge, r.notifications,
        null as hour_kind,
        f.created_at at time zone $time_zone as local_at
    from incident_responders as r
    join incident_facts as f on f.incident_id = r.incident_id
    where f.history_complete

    union all

    select user_id, incident_id, null, null, null, hour_kind, started_at at time zone $time_zone
    from person_interruptions
)

select
    moments.user_id,  -- the person
    coalesce(users.name, moments.user_id) as name,  -- the person's name
    moments.incident_id,  -- the incident
    moments.acknowledged_at,  -- when the person acknowledged, UTC
    moments.seconds_to_acknowledge,  -- own first assignment to own acknowledgement
    moments.notifications,  -- e-mails, SMS, calls and pushes received for the incident
    moments.hour_kind,  -- business, off or sleep; null in the rows of incidents
    cast(date_trunc('week', local_at + interval ($week_shift) day) as date)
        - $week_shift as local_week,  -- first day of the week
    cast(date_trunc('month', local_at) as date) as local_month  -- first day of the month
from moments
left join users on users.id = moments.user_id

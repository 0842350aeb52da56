-- One row per person who was called, assigned or acknowledged in the period (restricted).
with $chosen_incidents,

$interrupting_moments,

moments as (
    select r.user_id, r.incident_id, r.acknowledged_at, r.seconds_to_acknowledge, r.notifications, null as hour_kind
    from incident_responders as r
    join chosen on chosen.incident_id = r.incident_id
    where chosen.history_complete
      and $only

    union all

    select i.user_id, i.incident_id, null, null, null, i.hour_kind
    from interrupting_moments as i
    semi join (select incident_id from incident_facts where $only) as wanted on wanted.incident_id = i.incident_id
    where cast($local_started_at as date)
        between coalesce(cast($since as date), date '0001-01-01')
        and coalesce(cast($until as date), date '9999-01-01')
)

select
    moments.user_id as id,
    coalesce(any_value(users.name), moments.user_id) as name,
    $responder_measures
from moments
left join users on users.id = moments.user_id
group by moments.user_id

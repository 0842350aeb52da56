-- One row per service with incidents of the team in the week or in the weeks it is compared with.
with scope as (
    $of_the_scope
),

marked as (
    select
        coalesce(service, service_id) as service,
        service_id,
        created_at >= $since as in_the_week,
        coalesce(seconds_to_acknowledge > $goal_s, false) as slow
    from scope
    where history_complete and created_at >= $compared_since and created_at < $until
)

select
    service,
    list(distinct service_id order by service_id) filter (where service_id is not null) as ids,
    count(*) filter (where in_the_week) as incidents,
    count(*) filter (where in_the_week and slow) as slow,
    count(*) filter (where not in_the_week) as incidents_before,
    count(*) filter (where not in_the_week and slow) as slow_before
from marked
group by service
order by incidents desc, service

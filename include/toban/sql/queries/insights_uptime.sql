-- One row per stretch between two edges and service: microseconds in which a high-urgency incident of it was open.
with edges as (
    select unnest(cast($edges_us as bigint[])) as edge_us
),

stretches as (
    select edge_us as since_us, lead(edge_us) over (order by edge_us) as until_us from edges
),

open_times as (
    select
        service_id,
        epoch_us(created_at) as opened_us,
        coalesce(epoch_us(resolved_at), $last_us) as closed_us
    from incident_facts
    where urgency = 'high'
      and service_id is not null
      and created_at < make_timestamptz($last_us)
      and (resolved_at is null or resolved_at > make_timestamptz($first_us))
      and ($include_merged or merged_into is null)
      and $only
),

-- While incidents of a service overlap it is open once: each adds what those that began before it did not reach.
apart as (
    select
        service_id,
        greatest(opened_us, coalesce(max(closed_us) over begun_before, opened_us)) as opened_us,
        closed_us
    from open_times
    window begun_before as (
        partition by service_id order by opened_us rows between unbounded preceding and 1 preceding
    )
)

select
    since_us,
    service_id,
    cast(sum(least(closed_us, until_us) - greatest(opened_us, since_us)) as bigint) as open_us,
    count(*) filter (where opened_us >= since_us or since_us = $first_us) as incidents  -- each once
from apart
join stretches on opened_us < until_us and closed_us > since_us
where opened_us < closed_us
group by since_us, service_id

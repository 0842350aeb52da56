-- One row per group of the chosen incidents: how many came back, and which tools raised them.
with $chosen_incidents,

counted as (
    select * from chosen
    where history_complete
      and ($include_merged or merged_into is null)
      and $only
),

masked as (
    select
        *,
        $key as id,
        regexp_replace(title, '[0-9]+([.,][0-9]+)*', '…', 'g') as alert
    from counted
),

with_the_one_before as (
    select
        id,
        created_at,
        monitoring_tool,
        lag(resolved_at) over (partition by service_id, alert order by created_at, incident_id) as resolved_before
    from masked
)

select
    id,
    count(*) filter (where created_at - resolved_before <= interval 1 hour) as came_back,
    coalesce(list_sort(list(distinct monitoring_tool) filter (where monitoring_tool is not null)), []) as tools
from with_the_one_before
group by id

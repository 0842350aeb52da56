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
        $key as id,
        monitoring_tool,
        incident_id,
        epoch_us(created_at) as begun_us,  -- numbers: intervals between a million moments take ten times as long
        epoch_us(resolved_at) as ended_us,
        regexp_replace(title, '[0-9]+([.,][0-9]+)*', '…', 'g') as title_without_numbers,
        -- 16 bytes tell alerts apart: the titles themselves take longer to be put in order.
        md5_number(concat_ws(chr(0), coalesce(service_id, ''), title_without_numbers)) as alert
    from counted
),

with_the_one_before as (
    select
        id,
        monitoring_tool,
        begun_us - lag(ended_us) over (partition by alert order by begun_us, incident_id) as after_us
    from masked
)

select
    id,
    count(*) filter (where after_us <= epoch_us(interval 1 hour)) as came_back,
    coalesce(list_sort(list(distinct monitoring_tool) filter (where monitoring_tool is not null)), []) as tools
from with_the_one_before
group by id

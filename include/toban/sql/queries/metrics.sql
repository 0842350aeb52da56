-- One row per bucket and group of the chosen incidents whose whole story is known.
with $chosen_incidents,

counted as (
    select * from chosen
    where history_complete
      and ($include_merged or merged_into is null)
      and $only
)

select
    $keys
    $measures
from counted
group by $grouping
order by all nulls last

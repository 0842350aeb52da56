-- One row per template, service and tool of the team's incidents that began in the week, the most frequent first.
with scope as (
    $of_the_scope
)

select
    $fired
from scope
where created_at >= $since and created_at < $until and title is not null and merged_into is null
group by template, service_id, monitoring_tool
order by incidents desc, template, service_id, monitoring_tool

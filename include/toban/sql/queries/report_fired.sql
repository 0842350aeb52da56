-- One row per template, service and tool of the team's incidents that began in the week, the most frequent first.
with scope as (
    $of_the_scope
)

select
    template,
    arg_max(title, created_at) as title,
    service_id,
    arg_max(service, created_at) as service,
    monitoring_tool,
    count(*) as incidents,
    sum(sleep_hour_interruptions)::bigint as night_calls
from scope
where created_at >= $since and created_at < $until and title is not null and merged_into is null
group by template, service_id, monitoring_tool
order by incidents desc, template, service_id, monitoring_tool

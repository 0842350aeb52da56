-- One row per template, service and tool of the chosen incidents, the most frequent first.
with $chosen_incidents

select
    template,
    arg_max(title, created_at) as title,
    service_id,
    arg_max(service, created_at) as service,
    monitoring_tool,
    count(*) as incidents,
    sum(sleep_hour_interruptions)::bigint as night_calls
from chosen
where title is not null and merged_into is null and $only
group by template, service_id, monitoring_tool
order by incidents desc, template, service_id, monitoring_tool

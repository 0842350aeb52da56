-- One row: the incidents of a template that began until a moment, or none where there is none.
with alike as (
    select * from incident_facts
    where template = $template and created_at <= $at and merged_into is null
),

counted_services as (
    select service, count(*) as times from alike where service is not null group by service
),

counted_tools as (
    select monitoring_tool, count(*) as times from alike where monitoring_tool is not null group by monitoring_tool
)

select
    count(*) as incidents,
    count(*) filter (where $ended_by_itself) as by_themselves,
    min(created_at) as first,
    max(created_at) as last,
    median(seconds_to_resolve) as median_s,
    arg_max(title, created_at) as newest_title,
    coalesce(arg_max(service_id, created_at), '') as service_id,
    arg_max(service, created_at) as service,
    (select coalesce(list(service order by times desc, service), []) from counted_services) as services,
    (select coalesce(list(monitoring_tool order by times desc, monitoring_tool), []) from counted_tools) as tools
from alike
having count(*) > 0

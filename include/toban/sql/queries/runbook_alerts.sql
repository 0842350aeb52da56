-- One row per title, service and tool of the incidents that began since a moment.
select
    title,
    service_id,
    any_value(service) as service,
    monitoring_tool,
    count(*) as times
from incident_facts
where created_at >= $since and title is not null
group by title, service_id, monitoring_tool
order by times desc, title, service_id, monitoring_tool

-- One row per template, service and tool of the incidents that began since a moment, the most frequent first.
select
    $fired
from incident_facts
where created_at >= $since and title is not null and merged_into is null
group by template, service_id, monitoring_tool
order by incidents desc, template, service_id, monitoring_tool

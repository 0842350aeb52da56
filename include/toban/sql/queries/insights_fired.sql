-- One row per template, service and tool of the chosen incidents, the most frequent first.
with $chosen_incidents

select
    $fired
from chosen
where title is not null and merged_into is null and $only
group by template, service_id, monitoring_tool
order by incidents desc, template, service_id, monitoring_tool

-- One row: how many services the chosen incidents are of, whenever they began.
select count(distinct service_id) as services
from incident_facts
where ($include_merged or merged_into is null)
  and $only

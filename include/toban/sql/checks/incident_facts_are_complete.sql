-- Every incident has exactly one row of facts.
select incidents.id
from incidents
left join (select incident_id, count(*) as times from incident_facts group by incident_id) as facts
    on facts.incident_id = incidents.id
where facts.times is distinct from 1

-- Which incidents turned out to be one storm: how many were merged into each, and from how many services?
-- 一つの障害に集約されたインシデントは何件あり、いくつのサービスから来たか
select
    head.incident_number,
    head.created_at,
    head.service,
    head.title,
    count(*) as merged_into_it,
    count(distinct part.service_id) as services,
    sum(part.interruptions) as interruptions
from incident_facts as part
join incident_facts as head on head.incident_id = part.merged_into
group by head.incident_id, head.incident_number, head.created_at, head.service, head.title
order by merged_into_it desc, head.created_at desc

-- Which monitoring tools watch which service, and which connected tools have never raised an incident?
-- どのサービスをどの監視ツールが見ているか。接続済みなのに一度も発報していないツールはどれか
with connected as (
    select id as service_id, name as service, unnest(monitoring_tools) as integration
    from services
    where status is distinct from 'disabled'
),

raised as (
    select
        service_id,
        any_value(service) as service,
        monitoring_tool,
        count(*) as incidents,
        max(created_at) as last_one
    from incident_facts
    where monitoring_tool is not null
    group by service_id, monitoring_tool
)

select
    coalesce(connected.service, raised.service) as service,
    connected.integration,
    raised.monitoring_tool,
    coalesce(raised.incidents, 0) as incidents,
    raised.last_one
from connected
full join raised
    on raised.service_id = connected.service_id
    and contains(lower(connected.integration), lower(raised.monitoring_tool))
order by service, incidents, connected.integration

-- Which alerts come back within an hour of being resolved?
-- 解決から1時間以内に再発するアラートはどれか
with with_the_one_before as (
    select
        *,
        lag(resolved_at) over (partition by service_id, template order by created_at, incident_id) as resolved_before
    from reported_incidents
)

select
    service,
    template as alert,
    count(*) as incidents,
    count(*) filter (where created_at - resolved_before <= interval 1 hour) as came_back,
    round(avg(date_sub('second', resolved_before, created_at)) filter (
        where created_at - resolved_before <= interval 1 hour
    ) / 60) as minutes_in_between
from with_the_one_before
group by service, template
having came_back > 0
order by came_back desc, service, alert

-- What share of each service's incidents was acknowledged within five minutes, month by month?
-- 各サービスで5分以内に確認されたインシデントの割合は、月ごとにどう動いたか
select
    local_month as month,
    service,
    count(*) as incidents,
    count(acknowledged_at) as acknowledged,
    count(*) filter (where seconds_to_acknowledge <= 300) as within_the_goal,
    round(100.0 * within_the_goal / nullif(acknowledged, 0)) as within_the_goal_pct
from reported_incidents
group by local_month, service
order by local_month desc, within_the_goal_pct nulls first, service

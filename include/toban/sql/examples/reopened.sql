-- Which resolutions did not hold?
-- 解決後に再オープンしたインシデントはどれか
select
    incident_number,
    local_created_at as began,
    service,
    title,
    reopened_count,
    resolved_by,
    round(seconds_to_resolve / 60.0) as minutes_to_last_resolution,
    html_url
from reported_incidents
where reopened_count > 0
order by reopened_count desc, began desc

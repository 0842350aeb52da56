-- What happened, step by step, in the newest P1 incidents?
-- 最近のP1インシデントで、何がどの順に起きたか
with newest as (
    select *
    from reported_incidents
    where priority_name = 'P1'
    order by created_at desc
    limit 5
)

select
    newest.incident_number,
    newest.title,
    log_entries.created_at,
    date_sub('second', newest.created_at, log_entries.created_at) as seconds_after_start,
    log_entries.type,
    log_entries.agent_name,
    coalesce(log_entries.note, log_entries.summary) as what
from newest
join log_entries using (incident_id)
order by newest.created_at desc, newest.incident_id, log_entries.created_at, log_entries.id

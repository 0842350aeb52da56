-- One row per entry of the incident's log, in order, with the names of those it concerns.
select
    e.id,
    e.type,
    e.created_at,
    e.agent_type,
    coalesce(agents.name, e.agent_name) as agent,
    e.channel_type,
    e.channel_client,
    e.summary,
    e.note,
    list_transform(e.assignee_ids, id -> coalesce(names[id], id)) as assignees,
    coalesce(names[e.user_id], e.user_id) as notified,
    regexp_replace(lower(e.notification_type), '_notification$', '') as way,
    e.snooze_s
from log_entries as e
cross join (select map_from_entries(list((id, name))) as names from users where name is not null)
left join users as agents on agents.id = e.agent_id
where e.incident_id = $incident
order by e.created_at, e.type <> 'trigger', e.id

-- Which incidents have been open longest, and who has them?
-- 最も長く未解決のインシデントはどれか。誰が担当しているか
with synced as (
    select max(try_cast(value as timestamptz)) as until from sync_state where name = 'synced_until'
),

holders as (
    select incidents.id as incident_id, string_agg(users.name, ', ' order by users.name) as assigned_to
    from incidents
    join users on list_contains(incidents.assigned_to, users.id)
    group by incidents.id
)

select
    facts.incident_number,
    facts.created_at,
    facts.status,
    facts.service,
    facts.title,
    holders.assigned_to,
    round(date_sub('minute', facts.created_at, synced.until) / 60.0, 1) as hours_open,
    facts.html_url
from incident_facts as facts
cross join synced
left join holders using (incident_id)
where facts.status <> 'resolved'
order by facts.created_at

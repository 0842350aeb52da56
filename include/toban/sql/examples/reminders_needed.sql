-- How many reminders did incidents need, and how soon after the last one were they acknowledged?
-- 確認されるまでに何回の再通知が必要だったか。最後の再通知から何秒で確認されたか
with reminders as (
    select
        split_part(key, ':', 2) as incident_id,
        posted_at
    from ledger_messages
    where kind = 'reminder' and posted_at is not null
),

reminded as (
    select
        waits.incident_id,
        waits.hour_kind,
        waits.wait_ended_by,
        waits.created_at + to_seconds(waits.unacknowledged_seconds) as ended_at,
        count(*) as reminders,
        max(reminders.posted_at) as last_reminded_at
    from reminders
    join acknowledgement_waits as waits
        on waits.incident_id = reminders.incident_id
        and reminders.posted_at <= waits.created_at + to_seconds(waits.unacknowledged_seconds)
    group by all
)

select
    hour_kind,
    reminders,
    count(*) as incidents,
    count(*) filter (where wait_ended_by = 'acknowledged') as acknowledged,
    count(*) filter (where wait_ended_by = 'resolved') as resolved_unacknowledged,
    median(date_sub('second', last_reminded_at, ended_at)) filter (
        where wait_ended_by = 'acknowledged'
    ) as median_seconds_after_the_last
from reminded
group by hour_kind, reminders
order by hour_kind, reminders

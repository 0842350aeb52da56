-- What became of incidents still unacknowledged after 3 minutes, before and after a day? Put in your minute and day.
-- 3 分後にまだ未確認だったインシデントはその後どうなったか。ある日の前後で比べる。分と日は目的のものに置き換える
with turn as (
    select
        180 as seconds,
        cast(median(local_day) as date) as day  -- or: date '2026-07-01' as day
    from acknowledgement_waits
),

waiting as (
    select
        waits.*,
        if(local_day < turn.day, 'before', 'after') as period,
        unacknowledged_seconds - turn.seconds as further_seconds
    from acknowledgement_waits as waits
    cross join turn
    where unacknowledged_seconds > turn.seconds
)

select
    service,
    hour_kind,
    period,
    count(*) as still_unacknowledged,
    count(*) filter (where wait_ended_by = 'acknowledged' and further_seconds <= 300) as acknowledged_within_5_min,
    count(*) filter (where wait_ended_by = 'acknowledged' and further_seconds > 300) as acknowledged_later,
    count(*) filter (where wait_ended_by = 'resolved') as resolved_unacknowledged,
    count(*) filter (where wait_ended_by = 'open') as still_open
from waiting
group by service, hour_kind, period
order by service, hour_kind, period desc

-- Is the sync well: how many runs a day, how many failed, what did they cost, and what was the last error?
-- 同期は健全か(日ごとの実行数・失敗・API呼び出し数・最後のエラー)
select
    cast(started_at as date) as day,
    kind,
    count(*) as runs,
    count(error) as failed,
    sum(incidents) as incidents,
    sum(log_entries) as log_entries,
    sum(api_calls) as api_calls,
    round(max(seconds), 1) as slowest_s,
    max(window_end) as read_until,
    arg_max(error, started_at) as last_error
from sync_runs
group by day, kind
order by day desc, kind

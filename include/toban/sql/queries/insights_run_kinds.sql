-- One row per kind of run: how the last one went, and what the last day cost.
select
    kind,
    max(started_at) as last_started_at,
    arg_max(error, started_at) filter (where error is not null) as last_error,
    bool_or(error is not null) filter (where started_at = newest) as last_failed,
    count(*) filter (where started_at > cast($now as timestamptz) - interval 1 day) as runs_of_a_day,
    cast(coalesce(sum(api_calls) filter (where started_at > cast($now as timestamptz) - interval 1 day), 0) as bigint)
        as calls_of_a_day
from (select *, max(started_at) over (partition by kind) as newest from sync_runs)
group by kind
order by kind

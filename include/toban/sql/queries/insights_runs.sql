-- One row per run of the sync, the newest first.
select kind, started_at, finished_at, incidents, log_entries, api_calls, seconds, error
from sync_runs
order by started_at desc, id
limit $most

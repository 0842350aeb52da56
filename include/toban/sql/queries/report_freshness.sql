-- One row: how far the data goes, and what the syncs of the week cost.
select
    max(value) filter (where name = 'covered_since') as covered_since,
    max(value) filter (where name = 'remote_total') as remote_total,
    (
        select sum(api_calls) from sync_runs where started_at >= $since and started_at < $until
    ) as api_calls
from sync_state

-- One row: how many of the chosen incidents a metric does not rest on, by reason.
with $chosen_incidents,

judged as (
    select
        *,
        not history_complete as incomplete,
        history_complete and merged_into is not null and not $include_merged as left_out_as_merged
    from chosen
    where $only
)

select
    count(*) filter (where not incomplete and not left_out_as_merged and acknowledged_at is null) as unacknowledged,
    count(*) filter (where not incomplete and not left_out_as_merged and resolved_at is null) as unresolved,
    count(*) filter (where incomplete) as incomplete_history,
    count(*) filter (where left_out_as_merged) as merged
from judged

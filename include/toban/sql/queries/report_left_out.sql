-- One row: why incidents of the team's week are missing from its MTTA and MTTR.
with scope as (
    $of_the_scope
),

of_the_week as (
    select *, history_complete and acknowledged_at is null as unacknowledged
    from scope
    where created_at >= $since and created_at < $until
)

select
    count(*) filter (where not history_complete) as incomplete,
    count(*) filter (where unacknowledged and resolved_at is null) as open_unacknowledged,
    count(*) filter (where unacknowledged and resolved_at is not null and resolved_automatically)
        as resolved_itself_unacknowledged,
    count(*) filter (where unacknowledged and resolved_at is not null and resolved_automatically is not true)
        as resolved_by_person_unacknowledged,
    count(*) filter (where history_complete and resolved_at is null) as unresolved
from of_the_week

-- One row per person and week in which the person was called, assigned or acknowledged.
select
    local_week as week,  -- first day of the week, in the reporting time zone
    user_id,  -- the person
    any_value(name) as name,  -- the person's name
    $responder_measures
from responder_moments
group by local_week, user_id

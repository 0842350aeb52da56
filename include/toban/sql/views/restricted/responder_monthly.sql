-- One row per person and month in which the person was called, assigned or acknowledged.
select
    local_month as month,  -- first day of the month, in the reporting time zone
    user_id,  -- the person
    any_value(name) as name,  -- the person's name
    $responder_measures
from responder_moments
group by local_month, user_id

-- One row: the model that judges alerts now, and when it was last compared; none where no model is good enough.
with newest as (
    select serves, trained_at from triage_models order by trained_at desc limit 1
)

select triage_models.version, triage_models.weights, newest.trained_at as checked_at
from newest
join triage_models on triage_models.version = newest.serves

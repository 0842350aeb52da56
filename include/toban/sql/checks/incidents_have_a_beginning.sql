-- Every incident has a creation time, a known status and a known urgency.
select id
from incidents
where created_at is null
   or status is null or status not in ('triggered', 'acknowledged', 'resolved')
   or urgency not in ('high', 'low')

-- One row per person named: how PagerDuty rings them, and the zone, where it is one, that tells their nights.
with named as (
    select unnest(cast($person_ids as varchar[])) as person_id
)

select
    named.person_id,
    coalesce(users.name, named.person_id) as name,
    users.notification_rules,
    users.time_zone,
    zones.name as clock
from named
left join users on users.id = named.person_id
left join pg_timezone_names() as zones on zones.name = users.time_zone
order by named.person_id

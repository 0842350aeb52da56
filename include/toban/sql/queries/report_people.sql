-- One row per person called because of the team's incidents that began in the week; restricted snapshot only.
with scope as (
    $of_the_scope
),

calls as (
    select interruptions.*
    from interruptions
    join scope using (incident_id)
    where scope.history_complete and scope.created_at >= $since and scope.created_at < $until
)

select
    coalesce(users.name, calls.user_id) as person,
    count(*) filter (where hour_kind = 'sleep') as sleep,
    count(*) filter (where hour_kind = 'off') as off_hours,
    count(*) filter (where hour_kind = 'business') as business,
    count(distinct cast(local_started_at - interval 12 hours as date)) filter (where hour_kind = 'sleep') as nights
from calls
left join users on users.id = calls.user_id
group by person
order by sleep desc, off_hours desc, person

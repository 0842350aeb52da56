-- One row per person: a labour month's sums, worked out from the log without Toban's own code.
-- November 2026 in Tokyo by the preset "japan": a tail of 10 minutes, at least 15, at most 180; nights from 22 to 5;
-- Sunday is the legal holiday, Saturdays and the 3rd and 23rd are free.
with recursive deeds as (
    select distinct
        agent_id as person, incident_id as incident, date_trunc('second', created_at) as moment, true as acted
    from log_entries
    where agent_type = 'user' and type <> 'notify'
    union
    select distinct user_id, incident_id, date_trunc('second', created_at), false
    from log_entries
    where type = 'notify' and user_id is not null
      and (notification_type like 'push%' or notification_type like 'phone%' or notification_type like 'sms%')
),

ordered as (
    select *, row_number() over (partition by person, incident order by moment, not acted) as n
    from deeds
),

-- An incident that calls again when its call-out is over and its longest time has passed begins a new one.
walked as (
    select person, incident, n, moment as begun, if(acted, moment, null) as last, 1 as run
    from ordered
    where n = 1
    union all
    select
        ordered.person, ordered.incident, ordered.n,
        if(anew, ordered.moment, begun) as begun,
        if(ordered.acted, ordered.moment, if(anew, null, last)) as last,
        run + if(anew, 1, 0) as run
    from (
        select
            next.*, walked.begun, walked.last, walked.run,
            not next.acted
            and next.moment >= greatest(begun + interval 180 minutes, coalesce(last + interval 10 minutes, begun))
            as anew
        from walked
        join ordered as next
            on next.person = walked.person and next.incident = walked.incident and next.n = walked.n + 1
    ) as ordered
),

single as (
    select
        person, min(begun) as starts,
        least(
            greatest(min(begun) + interval 15 minutes, coalesce(max(last) + interval 10 minutes, min(begun))),
            min(begun) + interval 180 minutes
        ) as ends
    from walked
    group by person, incident, run
),

-- On any level; a shift may have no beginning and no end.
held as (
    select
        user_id as person,
        coalesce(start_at, timestamptz '2000-01-01 00:00:00+00') as starts,
        coalesce(end_at, timestamptz '2100-01-01 00:00:00+00') as ends
    from oncall_shifts
    where user_id is not null
),

both_kinds as (
    select 'response' as what, * from single
    union all
    select 'standby', * from held
),

reached as (
    select
        *,
        max(ends) over (
            partition by what, person order by starts, ends
            rows between unbounded preceding and 1 preceding
        ) as before
    from both_kinds
),

islands as (
    select *, sum(if(before is null or starts > before, 1, 0)) over (
        partition by what, person order by starts, ends
    ) as island
    from reached
),

merged as (
    select what, person, min(starts) as starts, max(ends) as ends
    from islands
    group by what, person, island
),

days as (
    select
        cast(day as date) as day,
        timezone('Asia/Tokyo', cast(day as timestamp)) as midnight,
        case
            when dayofweek(day) = 0 then 'legal holiday'
            when dayofweek(day) = 6 or day(day) in (3, 23) then 'other holiday'
            else 'working day'
        end as kind
    from generate_series(date '2026-11-01', date '2026-11-30', interval 1 day) as series (day)
),

parts as (
    select
        kind, night, midnight + to_hours(first) as starts, midnight + to_hours(last) as ends
    from days, (values (true, 0, 5), (false, 5, 22), (true, 22, 24)) as hours (night, first, last)
),

cut as (
    select
        what, person, kind, night,
        sum(epoch(least(merged.ends, parts.ends) - greatest(merged.starts, parts.starts))) as seconds
    from merged
    join parts on merged.starts < parts.ends and merged.ends > parts.starts
    group by what, person, kind, night
),

calls as (
    select person, count(*) as calls
    from merged
    where what = 'response'
      and starts >= timestamptz '2026-10-31 15:00:00+00' and starts < timestamptz '2026-11-30 15:00:00+00'
    group by person
)

select
    coalesce(users.name, person) as "Name",
    coalesce(any_value(calls), 0) as "Call-outs, number",
    $sums
from cut
left join calls using (person)
left join users on users.id = person
group by person, users.name

-- One row per changed incident: what its log tells.
with changed as (
    select distinct incident_id from internal.changed_incidents
),

entries as (
    select
        log_entries.* exclude (details, summary, note, assignee_ids),
        {'at': created_at, 'id': log_entries.id} as moment,
        {'type': agent_type, 'id': agent_id, 'name': agent_name, 'through': channel_type} as agent,
        agent_type is not distinct from 'user' as by_a_person
    from log_entries
    semi join changed using (incident_id)
),

told_by_the_log as (
    select
        incident_id,
        min(created_at) filter (where type = 'acknowledge') as acknowledged_at,
        arg_min(agent, moment) filter (where type = 'acknowledge') as acknowledger,
        max(created_at) filter (where type = 'resolve') as last_resolved_at,
        arg_max(agent, moment) filter (where type = 'resolve') as resolver,
        count(distinct created_at) filter (where type = 'resolve') as resolutions,
        count(distinct created_at) filter (where type = 'escalate' and not by_a_person) as timeout_escalations,
        count(distinct created_at) filter (where type = 'escalate' and by_a_person) as manual_escalations,
        count(distinct created_at) filter (where type in ('assign', 'delegate') and by_a_person) as hand_overs,
        arg_min(by_a_person, moment) filter (where type = 'assign') as first_given_by_a_person,
        count(*) filter (where type = 'notify') as notifications,
        arg_max(agent.name, moment) filter (where agent_type = 'service') as service_as_seen,
        arg_min(by_a_person, moment) filter (where type = 'trigger') as raised_by_a_person,
        arg_min(
            coalesce(nullif(channel_client, ''), case when agent_type like '%integration' then agent_name end), moment
        ) filter (where type = 'trigger') as tool_as_sent
    from entries
    group by incident_id
),

snoozes as (
    select
        incident_id,
        type,
        created_at,
        created_at + to_seconds(snooze_s) as planned_end,
        lead(created_at) over (partition by incident_id order by created_at, id) as ended_by_another_entry
    from entries
    where type in ('snooze', 'unsnooze', 'resolve')
),

snoozed as (
    select
        incident_id,
        sum(date_sub('second', created_at, least(planned_end, ended_by_another_entry))) as snoozed_seconds
    from snoozes
    where type = 'snooze'
    group by incident_id
)

select
    told_by_the_log.* exclude (hand_overs, first_given_by_a_person),
    hand_overs - cast(coalesce(first_given_by_a_person, false) as integer) as reassignments,
    coalesce(snoozed_seconds, 0) as snoozed_seconds
from told_by_the_log
left join snoozed using (incident_id)

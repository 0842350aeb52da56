-- One row per incident.
with changed as (
    select distinct incident_id from internal.changed_incidents
),

coverage as (
    select max(try_cast(value as timestamptz)) as since from sync_state where name = 'covered_since'
),

settled as (
    select
        incidents.*,
        coalesce(incidents.created_at >= coverage.since, true) as history_complete,
        case when status = 'resolved' then
            coalesce(incidents.resolved_at, story.last_resolved_at, last_status_change_at)
        end as settled_at,
        story.* exclude (incident_id)
    from incidents
    semi join changed on changed.incident_id = incidents.id
    left join incident_story as story on story.incident_id = incidents.id
    cross join coverage
),

engaged as (
    select
        settled.id as incident_id,
        count(*) as users,
        min(r.acknowledged_at) as first_at,
        max(r.acknowledged_at) as last_at,
        sum(greatest(date_sub('second', r.acknowledged_at, settled.settled_at), 0)) as seconds
    from incident_responders as r
    join settled on settled.id = r.incident_id
    where r.acknowledged_at is not null
    group by settled.id
),

interrupted as (
    select
        incident_id,
        count(*) as times,
        count(*) filter (where hour_kind = 'business') as in_business_hours,
        count(*) filter (where hour_kind = 'off') as in_off_hours,
        count(*) filter (where hour_kind = 'sleep') as in_sleep_hours
    from interruptions
    semi join changed using (incident_id)
    group by incident_id
),

written_notes as (
    select incident_id, count(*) as notes from notes semi join changed using (incident_id) group by incident_id
),

counted_alerts as (
    select incident_id, count(*) as alerts from alerts semi join changed using (incident_id) group by incident_id
),

said as (
    select
        incident_id,
        bool_or(answer = 'runbook_helped') as needed,
        max(last_said_at) as last_said_at
    from alert_feedback
    semi join changed using (incident_id)
    where answer in ('runbook_helped', 'no_action')
    group by incident_id
),

only_tools as (
    select id, monitoring_tools[1] as tool from services where len(monitoring_tools) = 1
),

tools as (
    select settled.id, coalesce(settled.tool_as_sent, only_tools.tool) as tool
    from settled
    left join only_tools on only_tools.id = settled.service_id and settled.raised_by_a_person is not true
),

named_tools as (
    select tool as tool_as_sent, $monitoring_tool as monitoring_tool
    from (select distinct tool from tools)
)

select
    i.id as incident_id,
    i.incident_number,
    i.title,
    i.status,
    i.urgency,
    i.priority_name,
    i.service_id,
    coalesce(services.name, i.service_as_seen, i.service_id) as service,
    i.team_ids[1] as team_id,
    coalesce(teams.name, i.team_ids[1]) as team,
    i.team_ids,
    i.escalation_policy_id,
    coalesce(escalation_policies.name, i.escalation_policy_id) as escalation_policy,
    named_tools.monitoring_tool,
    i.incident_type,
    i.created_at,
    i.acknowledged_at,
    i.acknowledger.id as acknowledged_by_id,
    coalesce(acknowledgers.name, i.acknowledger.name, i.acknowledger.id) as acknowledged_by,
    i.acknowledger.through as acknowledged_through,
    i.settled_at as resolved_at,
    if(i.settled_at is null, null, i.resolver.id) as resolved_by_id,
    if(i.settled_at is null, null, coalesce(resolvers.name, i.resolver.name, i.resolver.id)) as resolved_by,
    if(i.settled_at is null, null, i.resolver.type is distinct from 'user') as resolved_automatically,
    date_sub('second', i.created_at, i.acknowledged_at) as seconds_to_acknowledge,
    date_sub('second', i.created_at, i.settled_at) as seconds_to_resolve,
    if(engaged.users > 1, date_sub('second', engaged.first_at, engaged.last_at), null) as seconds_to_engage,
    if(engaged.users > 1, date_sub('second', i.created_at, engaged.last_at), null) as seconds_to_mobilize,
    if(i.settled_at is null, null, coalesce(engaged.seconds, 0)) as engaged_seconds,
    coalesce(engaged.users, 0) as engaged_users,
    coalesce(i.timeout_escalations, 0) as timeout_escalations,
    coalesce(i.manual_escalations, 0) as manual_escalations,
    coalesce(i.reassignments, 0) as reassignments,
    coalesce(i.snoozed_seconds, 0) as snoozed_seconds,
    coalesce(interrupted.times, 0) as interruptions,
    coalesce(interrupted.in_business_hours, 0) as business_hour_interruptions,
    coalesce(interrupted.in_off_hours, 0) as off_hour_interruptions,
    coalesce(interrupted.in_sleep_hours, 0) as sleep_hour_interruptions,
    coalesce(i.notifications, 0) as notifications,
    coalesce(written_notes.notes, 0) as note_count,
    coalesce(i.alert_count, counted_alerts.alerts, 0) as alert_count,
    i.merged_into,
    greatest(coalesce(i.resolutions, 0) - cast(i.status = 'resolved' as integer), 0) as reopened_count,
    i.history_complete,
    i.html_url,
    i.updated_at,
    alert_template(i.title) as template,
    said.needed as said_needed,
    said.last_said_at as said_needed_at
from settled as i
left join services on services.id = i.service_id
left join teams on teams.id = i.team_ids[1]
left join escalation_policies on escalation_policies.id = i.escalation_policy_id
left join users as acknowledgers on acknowledgers.id = i.acknowledger.id
left join users as resolvers on resolvers.id = i.resolver.id
left join engaged on engaged.incident_id = i.id
left join interrupted on interrupted.incident_id = i.id
left join written_notes on written_notes.incident_id = i.id
left join counted_alerts on counted_alerts.incident_id = i.id
left join said on said.incident_id = i.id
left join tools on tools.id = i.id
left join named_tools on named_tools.tool_as_sent is not distinct from tools.tool

-- What PagerDuty says about incidents, as it said it. Times are UTC; uniqueness is a data test, not a key.

create table incidents (
    id varchar,  -- PagerDuty's id of the incident
    incident_number bigint,  -- the number people see, #1234
    title varchar,  -- what the incident is called
    status varchar,  -- triggered, acknowledged or resolved
    urgency varchar,  -- high or low
    created_at timestamptz,  -- when the incident began, UTC
    updated_at timestamptz,  -- when PagerDuty last changed it, UTC
    resolved_at timestamptz,  -- when it was resolved, UTC; null while open
    last_status_change_at timestamptz,  -- when its status last changed, UTC
    incident_key varchar,  -- the deduplication key of its first event
    service_id varchar,  -- the service it belongs to
    escalation_policy_id varchar,  -- the escalation policy it was last assigned by
    team_ids varchar[],  -- PagerDuty's teams, in PagerDuty's order
    priority_id varchar,  -- PagerDuty's id of the priority; null without one
    priority_name varchar,  -- the priority as people see it, such as P1
    incident_type varchar,  -- the incident's type; null where the account has none
    alert_count integer,  -- how many alerts it holds
    assigned_to varchar[],  -- ids of the users it is assigned to; empty once resolved
    pending_escalation_at timestamptz,  -- when PagerDuty escalates next by itself, UTC
    merged_into varchar,  -- id of the incident it was merged into
    html_url varchar  -- its page in PagerDuty
);
comment on table incidents is 'One row per incident, as PagerDuty last showed it.';

create table log_entries (
    id varchar,  -- PagerDuty's id of the entry
    incident_id varchar,  -- the incident it belongs to
    type varchar,  -- trigger, acknowledge, escalate, notify, ...; kinds not known are kept
    created_at timestamptz,  -- when it happened, UTC
    agent_type varchar,  -- who did it: user, service, integration, ...
    agent_id varchar,  -- PagerDuty's id of who did it
    agent_name varchar,  -- name of who did it, as shown then
    channel_type varchar,  -- through what: website, mobile, api, auto, timeout, ...
    channel_client varchar,  -- the monitoring tool, as it called itself
    summary varchar,  -- PagerDuty's own sentence about it
    note varchar,  -- text of a note
    assignee_ids varchar[],  -- users the incident was given to
    user_id varchar,  -- whom a notification went to; null in the general snapshot
    notification_type varchar,  -- push, phone, sms, email, ...
    snooze_s bigint,  -- for how long it was snoozed, in seconds
    service_id varchar,  -- the service it concerns
    details json  -- a trigger's alert body, or the whole entry of a kind not known
);
comment on table log_entries is 'One row per entry of an incident''s log.';

create table notes (
    id varchar,  -- PagerDuty's id of the note
    incident_id varchar,  -- the incident it was written on
    user_id varchar,  -- who wrote it
    user_name varchar,  -- name of who wrote it, as shown then
    content varchar,  -- the text
    created_at timestamptz,  -- when it was written, UTC
    updated_at timestamptz  -- when it was last edited, UTC
);
comment on table notes is 'One row per note on an incident.';

create table alerts (
    id varchar,  -- PagerDuty's id of the alert
    incident_id varchar,  -- the incident it was grouped into
    alert_key varchar,  -- the deduplication key
    status varchar,  -- triggered or resolved
    severity varchar,  -- info, warning, error or critical
    summary varchar,  -- what the monitoring tool said
    service_id varchar,  -- the service it came in through
    created_at timestamptz,  -- when it came in, UTC
    resolved_at timestamptz,  -- when it was resolved, UTC; null while open
    suppressed boolean,  -- true: a rule kept it from notifying anybody
    monitoring_tool varchar,  -- the monitoring tool, as it called itself
    details json  -- the alert's body
);
comment on table alerts is 'One row per alert.';

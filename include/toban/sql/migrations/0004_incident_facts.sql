-- What the incidents' logs come to. Definitions follow PagerDuty's own; sql/models/*.sql fills the tables.

create table incident_facts (
    incident_id varchar,  -- the incident
    incident_number bigint,  -- the number people see, #1234
    title varchar,  -- what the incident is called
    status varchar,  -- triggered, acknowledged or resolved
    urgency varchar,  -- high or low
    priority_name varchar,  -- the priority as people see it; null without one
    service_id varchar,  -- the service
    service varchar,  -- its name
    team_id varchar,  -- the first of the incident's PagerDuty teams
    team varchar,  -- its name
    team_ids varchar[],  -- all of its PagerDuty teams
    escalation_policy_id varchar,  -- the policy it was last assigned by
    escalation_policy varchar,  -- its name
    monitoring_tool varchar,  -- which tool raised it, in one spelling: Datadog, CloudWatch, ...
    incident_type varchar,  -- the incident's type; null where the account has none
    created_at timestamptz,  -- when it began, UTC
    acknowledged_at timestamptz,  -- the first explicit acknowledgement, UTC; null without one
    acknowledged_by_id varchar,  -- who acknowledged first
    acknowledged_by varchar,  -- name of who acknowledged first
    acknowledged_through varchar,  -- through what: website, mobile, phone, api, ...
    resolved_at timestamptz,  -- when it was last resolved, UTC; null while open
    resolved_by_id varchar,  -- who or what resolved it last
    resolved_by varchar,  -- name of who or what resolved it last
    resolved_automatically boolean,  -- true: an integration or a time-out, not a person; null while open
    seconds_to_acknowledge bigint,  -- creation to first explicit acknowledgement; null without one
    seconds_to_resolve bigint,  -- creation to last resolution; null while open
    seconds_to_engage bigint,  -- first to last person's acknowledgement; null with fewer than two persons
    seconds_to_mobilize bigint,  -- creation to last person's acknowledgement; null with fewer than two persons
    engaged_seconds bigint,  -- summed over persons, from acknowledgement to resolution; null while open
    engaged_users integer,  -- persons who acknowledged
    timeout_escalations integer,  -- times it moved up because nobody acknowledged
    manual_escalations integer,  -- times a person moved it up
    reassignments integer,  -- times a person gave it to others, the first assignment not counted
    snoozed_seconds bigint,  -- time it lay snoozed, each snooze until something ended it
    interruptions integer,  -- times a person was interrupted by push, phone or SMS; within 60 s counts once
    business_hour_interruptions integer,  -- of them in that person's business hours
    off_hour_interruptions integer,  -- of them in that person's free time
    sleep_hour_interruptions integer,  -- of them in that person's sleep
    notifications integer,  -- e-mails, SMS, calls and pushes sent
    note_count integer,  -- notes written on it
    alert_count integer,  -- alerts it holds
    merged_into varchar,  -- id of the incident it was merged into
    reopened_count integer,  -- resolutions that did not hold
    history_complete boolean,  -- false: it began before the warehouse's coverage; metrics leave it out
    html_url varchar,  -- its page in PagerDuty
    updated_at timestamptz  -- when PagerDuty last changed it, UTC
);
comment on table incident_facts is 'One row per incident.';

create table incident_responders (
    incident_id varchar,  -- the incident
    user_id varchar,  -- the person
    assigned_at timestamptz,  -- when it was first assigned to the person, UTC; null if never
    acknowledged_at timestamptz,  -- when the person first acknowledged, UTC; null if never
    seconds_to_acknowledge bigint,  -- first assignment to own acknowledgement; null unless in that order
    notifications integer  -- e-mails, SMS, calls and pushes sent to the person
);
comment on table incident_responders is
    'One row per incident and person who was assigned to it, told of it, or acknowledged it.';

create table interruptions (
    incident_id varchar,  -- the incident
    user_id varchar,  -- who was interrupted
    started_at timestamptz,  -- the first push, call or SMS, UTC
    ended_at timestamptz,  -- the last one of the same interruption, UTC
    local_started_at timestamp,  -- the first one on the person's own clock
    hour_kind varchar  -- business, off or sleep, by the person's own clock
);
comment on table interruptions is
    'One row per incident, person and interruption: pushes, calls and SMS at most 60 s apart.';

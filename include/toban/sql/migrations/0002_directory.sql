-- Who and what there is in PagerDuty. E-mail addresses and phone numbers are never stored.

create table users (
    id varchar,  -- PagerDuty's id of the user
    name varchar,  -- the name people see
    time_zone varchar,  -- the zone the person chose, an IANA name
    role varchar,  -- PagerDuty's role of the user
    deleted boolean  -- true: no longer in PagerDuty
);
comment on table users is 'One row per user.';

create table teams (
    id varchar,  -- PagerDuty's id of the team
    name varchar  -- the name people see
);
comment on table teams is 'One row per PagerDuty team.';

create table services (
    id varchar,  -- PagerDuty's id of the service
    name varchar,  -- the name people see
    description varchar,  -- what it is, in its owners' words
    status varchar,  -- active, warning, critical, maintenance or disabled
    escalation_policy_id varchar,  -- the policy its incidents go to
    team_ids varchar[],  -- the teams that own it
    acknowledgement_timeout_s bigint,  -- seconds until an acknowledgement lapses; null = never
    auto_resolve_timeout_s bigint,  -- seconds until PagerDuty resolves by itself; null = never
    monitoring_tools varchar[]  -- names of its integrations' tools
);
comment on table services is 'One row per service.';

create table escalation_policies (
    id varchar,  -- PagerDuty's id of the policy
    name varchar,  -- the name people see
    team_ids varchar[],  -- the teams that own it
    num_loops integer  -- how often its levels are repeated
);
comment on table escalation_policies is 'One row per escalation policy.';

create table escalation_rules (
    escalation_policy_id varchar,  -- the policy
    level integer,  -- 1 is called first
    target_type varchar,  -- user or schedule
    target_id varchar,  -- id of that user or schedule
    delay_s bigint  -- seconds until the next level is called
);
comment on table escalation_rules is 'One row per policy, level and target.';

create table schedules (
    id varchar,  -- PagerDuty's id of the schedule
    name varchar,  -- the name people see
    time_zone varchar  -- the zone its rotation is written in
);
comment on table schedules is 'One row per schedule.';

create table oncall_shifts (
    escalation_policy_id varchar,  -- the policy the person stands in for
    level integer,  -- the policy's level
    schedule_id varchar,  -- the schedule; null when the policy names the person
    user_id varchar,  -- who is on call
    start_at timestamptz,  -- from when, UTC; null = always was
    end_at timestamptz  -- until when, UTC; null = never off
);
comment on table oncall_shifts is 'One row per policy, level, schedule, person and start.';

-- How the rows came here, and what Toban itself said.

create table sync_state (
    name varchar,  -- such as synced_until, covered_since, directory_synced_at, remote_total
    value varchar,  -- moments are ISO 8601 in UTC
    updated_at timestamptz  -- when it was written, UTC
);
comment on table sync_state is 'One row per thing the sync remembers.';

create table sync_runs (
    id varchar,  -- the run
    kind varchar,  -- sync, backfill, reconcile, ...
    started_at timestamptz,  -- when it began, UTC
    finished_at timestamptz,  -- when it ended, UTC
    window_start timestamptz,  -- the first moment it asked for, UTC
    window_end timestamptz,  -- the last moment it asked for, UTC
    incidents bigint,  -- incidents it wrote
    log_entries bigint,  -- log entries it wrote
    api_calls bigint,  -- requests it sent to PagerDuty
    seconds double,  -- how long it took
    error varchar  -- why it failed; null when it did not
);
comment on table sync_runs is 'One row per run of the sync.';

create table ledger_messages (
    key varchar,  -- what the message is about, once and for all
    kind varchar,  -- announcement, mention, reminder, report, ...
    channel varchar,  -- Slack's id of the channel
    ts varchar,  -- Slack's timestamp of the message; null until posted
    status varchar,  -- claimed, posted, given_up or withdrawn
    created_at timestamptz,  -- when it was intended, UTC
    posted_at timestamptz  -- when Slack took it, UTC
);
comment on table ledger_messages is 'One row per message Toban meant to send.';

create table internal.changed_incidents (
    incident_id varchar  -- its facts must be worked out again
);
comment on table internal.changed_incidents is 'Incidents whose facts are out of date; may repeat.';

create table internal.unpublished (
    what varchar  -- the table that changed
);
comment on table internal.unpublished is 'What changed since the last publication; may repeat.';

create table internal.directory_used (
    kind varchar,  -- service, team, escalation_policy or user
    id varchar,  -- its id
    used varchar  -- what the facts took from it
);
comment on table internal.directory_used is 'One row per directory entry the facts were last worked out with.';

create table internal.models_used (
    part varchar,  -- facts or views
    fingerprint varchar  -- hash of their text and settings
);
comment on table internal.models_used is 'One row per part of the models: what it was last built from.';

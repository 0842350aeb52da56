-- What an alert says without what varies, how often that came, and the models that judge it.

alter table incident_facts add column template varchar;
comment on column incident_facts.template is
    'its title without what varies between firings: numbers, hosts, ids, paths, times';

create table alert_templates (
    service_id varchar,  -- the service
    service varchar,  -- its name
    template varchar,  -- the titles of its incidents, without what varies between firings
    incidents bigint,  -- how many there were
    ended_by_themselves bigint,  -- of them, how many ended without anybody acting
    first_seen timestamptz,  -- when the first one began, UTC
    last_seen timestamptz,  -- when the newest one began, UTC
    newest_title varchar  -- the newest one's title
);
comment on table alert_templates is 'One row per service and template.';

create table triage_models (
    version varchar,  -- names the training: the moment it ended, UTC
    trained_at timestamptz,  -- that moment
    serves varchar,  -- version of the model that judges alerts since then; null = none is good enough
    reason varchar,  -- why this one was taken, or the older one kept
    weights json,  -- the model: a weight for each of its features
    figures json  -- how it did on newer incidents than it was trained on, beside the older model
);
comment on table triage_models is 'One row per training of triage.';

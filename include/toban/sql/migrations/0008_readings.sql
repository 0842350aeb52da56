-- What threads were told of verdicts and runbooks, and what people answered by the buttons.

create table alert_readings (
    incident_id varchar,  -- the incident
    said_at timestamptz,  -- when its thread was told, UTC
    verdict varchar,  -- needs_action, by_itself or unsure; null when triage had nothing to say
    reason varchar,  -- history, or what left it to a person: new, thin, priority, no_model or stale_model
    probability double,  -- that it ends by itself, from 0 to 1; null without a model
    like_ended bigint,  -- of the last like_of incidents like it, how many had ended by themselves
    like_of bigint,  -- how many like it were known, at most 50
    model varchar,  -- version of the model that judged, see triage_models
    runbook_id varchar,  -- the runbook that was shown; null when none was found
    by_rule boolean  -- whether a person's rule named that runbook; false when its text was alike
);
comment on table alert_readings is 'One row per incident whose Slack thread was told a verdict or a runbook.';

create table alert_feedback (
    incident_id varchar,  -- the incident
    answer varchar,  -- the button: runbook_helped, runbook_wrong or no_action
    people bigint,  -- how many people pressed it
    first_said_at timestamptz,  -- when the first of them did, UTC
    last_said_at timestamptz  -- when the last of them did, UTC
);
comment on table alert_feedback is 'One row per incident and answer that people gave by the buttons in its thread.';

alter table incident_facts add column said_needed boolean;
comment on column incident_facts.said_needed is
    'what people said by the buttons: false = no action was needed, true = its runbook helped; null = nobody said';
alter table incident_facts add column said_needed_at timestamptz;
comment on column incident_facts.said_needed_at is 'when that was said last, UTC';

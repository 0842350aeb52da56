create table schedule_overrides (
    id varchar,  -- PagerDuty's id of the override
    schedule_id varchar,  -- the schedule it changes
    user_id varchar,  -- who is on call instead
    start_at timestamptz,  -- from when, UTC
    end_at timestamptz  -- until when, UTC
);
comment on table schedule_overrides is 'One row per override of a schedule, from two weeks back to four ahead.';

-- So that the next sync publishes the table, also where nothing else changed: the pages read it.
insert into internal.unpublished values ('schedule_overrides');

-- The service whose alert a thread is about, and what the thread was told of verdict and runbook.
-- Read by SQLite and PostgreSQL alike.

-- PagerDuty's id and name of the service; empty in threads of before.
ALTER TABLE ledger_threads ADD COLUMN service_id TEXT;
ALTER TABLE ledger_threads ADD COLUMN service TEXT;

-- One row per incident whose thread was told a verdict or a runbook, as it was told then.
CREATE TABLE ledger_readings (
    incident_id  TEXT PRIMARY KEY,
    said_at      TIMESTAMP WITH TIME ZONE NOT NULL,
    verdict      TEXT,                               -- needs_action, by_itself or unsure; empty: triage had no say
    reason       TEXT,                               -- why: history, or what leaves every such alert to a person
    probability  DOUBLE PRECISION,                   -- that it ends by itself; empty without a model
    like_ended   INTEGER,                            -- of like_of incidents like it, how many had ended by themselves
    like_of      INTEGER,
    model        TEXT,                               -- version of the model that judged
    runbook_id   TEXT,                               -- the runbook that was shown; empty: none was found
    by_rule      BOOLEAN                             -- whether a person's rule named it; else its text was alike
);

CREATE INDEX ledger_readings_said_at ON ledger_readings (said_at);

-- What the alert path keeps: whose thread an incident has and who is asked in it, lines said together,
-- presses of buttons, and events on their way to PagerDuty. Read by SQLite and PostgreSQL alike.

-- The incident a message is about; empty for messages of another kind.
ALTER TABLE ledger_messages ADD COLUMN about TEXT;

CREATE INDEX ledger_messages_about ON ledger_messages (about);

-- One row per incident that Toban has seen.
CREATE TABLE ledger_threads (
    incident_id     TEXT PRIMARY KEY,
    team_id         TEXT,                               -- of toban.toml; empty: no team's
    channel         TEXT NOT NULL,                      -- as configured
    root            TEXT NOT NULL,                      -- key of the message that heads its thread
    form            TEXT NOT NULL,                      -- own, storm or list: alone, or grouped with others
    part            INTEGER NOT NULL,                   -- which message of the group names it; 0 is the head
    title           TEXT NOT NULL,                      -- as first seen, for the group's head
    number          INTEGER NOT NULL,                   -- PagerDuty's incident number
    status          TEXT NOT NULL,                      -- as last seen
    round           INTEGER NOT NULL,                   -- counts who was asked: 0 at first, 1 after an escalation, …
    round_at        TIMESTAMP WITH TIME ZONE NOT NULL,  -- when PagerDuty began to ask them
    round_seen_at   TIMESTAMP WITH TIME ZONE NOT NULL,  -- when Toban saw it; reminders count from here
    round_level     INTEGER,                            -- of the escalation policy, where it is known
    asked           TEXT NOT NULL,                      -- JSON: PagerDuty ids of those asked
    silenced_round  INTEGER,                            -- the round whose reminders somebody silenced
    tool            TEXT,                               -- monitoring tool, severity and body of the first alert
    severity        TEXT,
    body            TEXT NOT NULL,
    runbook_id      TEXT,                               -- the runbook that was matched
    seen_at         TIMESTAMP WITH TIME ZONE NOT NULL,
    touched_at      TIMESTAMP WITH TIME ZONE NOT NULL,  -- when somebody last did something in it
    closed_at       TIMESTAMP WITH TIME ZONE,           -- empty while something may still have to be said
    changed_at      TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX ledger_threads_closed_at ON ledger_threads (closed_at);

CREATE INDEX ledger_threads_root ON ledger_threads (root);

-- One row per line that a thread got or shall get; the lines of one message are written together.
CREATE TABLE ledger_lines (
    key          TEXT PRIMARY KEY,                   -- names what happened
    incident_id  TEXT NOT NULL,
    root         TEXT NOT NULL,                      -- the thread's
    message      TEXT NOT NULL,                      -- key of the message that holds the line
    text         TEXT NOT NULL,                      -- Slack's markup, escaped
    created_at   TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX ledger_lines_message ON ledger_lines (message);

CREATE INDEX ledger_lines_root ON ledger_lines (root);

CREATE INDEX ledger_lines_created_at ON ledger_lines (created_at);

-- One row per thing that somebody asked for by a button; a press twice is one row.
CREATE TABLE ledger_presses (
    key           TEXT PRIMARY KEY,                   -- names what was asked for
    incident_id   TEXT NOT NULL,
    action        TEXT NOT NULL,                      -- acknowledge, resolve, escalate, snooze, note, …
    value         TEXT NOT NULL,                      -- JSON: what the action needs
    slack_user    TEXT NOT NULL,
    slack_team    TEXT,
    response_url  TEXT,                               -- where to answer that person alone; emptied when done
    received_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    begun_at      TIMESTAMP WITH TIME ZONE,           -- since when it may have been carried out
    done_at       TIMESTAMP WITH TIME ZONE,
    outcome       TEXT                                -- done, already, refused, failed
);

CREATE INDEX ledger_presses_done_at ON ledger_presses (done_at);

CREATE INDEX ledger_presses_incident ON ledger_presses (incident_id);

-- One row per event that a monitoring tool sent, until PagerDuty has taken it and for a while after.
CREATE TABLE ledger_outbox (
    id           TEXT PRIMARY KEY,
    intake       TEXT NOT NULL,                      -- id of the [[intake]] block
    event        TEXT NOT NULL,                      -- JSON: the event for Events API v2, without its key
    received_at  TIMESTAMP WITH TIME ZONE NOT NULL,
    attempts     INTEGER NOT NULL,
    due_at       TIMESTAMP WITH TIME ZONE NOT NULL,  -- when to try (again)
    sent_at      TIMESTAMP WITH TIME ZONE,
    reason       TEXT                                -- why the last attempt failed, or why it was refused
);

CREATE INDEX ledger_outbox_due ON ledger_outbox (sent_at, due_at);

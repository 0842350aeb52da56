-- What people say of on-call as work, which nobody can give again: corrections, answers, closed months.
-- Rows are added and never changed. Read by SQLite and PostgreSQL alike.

-- One row per correction of a call-out.
CREATE TABLE ledger_corrections (
    key          TEXT PRIMARY KEY,                   -- of what it says, so that a file taken twice is taken once
    team_id      TEXT NOT NULL,                      -- of toban.toml
    call_out     TEXT NOT NULL,                      -- the call-out's key: PagerDuty's person, and its begin
    verdict      TEXT NOT NULL,                      -- confirm, change or withdraw
    said_by      TEXT NOT NULL,                      -- as written down
    said_at      TIMESTAMP WITH TIME ZONE NOT NULL,
    why          TEXT NOT NULL,
    start_at     TIMESTAMP WITH TIME ZONE,           -- the right time; empty unless changed
    end_at       TIMESTAMP WITH TIME ZONE,
    recorded_at  TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX ledger_corrections_team ON ledger_corrections (team_id);

-- One row per answer to a month: a person's about the own figures, a manager's about the team's.
CREATE TABLE ledger_answers (
    key          TEXT PRIMARY KEY,                   -- names what was answered, and how
    team_id      TEXT NOT NULL,
    month        TEXT NOT NULL,                      -- such as 2026-11
    person_id    TEXT,                               -- whose figures; empty: the whole team's
    word         TEXT NOT NULL,                      -- confirmed or disputed; of a team approved
    said_by      TEXT NOT NULL,
    said_at      TIMESTAMP WITH TIME ZONE NOT NULL,
    figures      TEXT NOT NULL,                      -- fingerprint of the figures that the answer is about
    why          TEXT                                -- what is wrong, in their words
);

CREATE INDEX ledger_answers_month ON ledger_answers (team_id, month);

-- One row per month and closing: the figures that were settled. A later month that settles what changed in
-- an earlier one adds a row for that earlier one.
CREATE TABLE ledger_closings (
    team_id      TEXT NOT NULL,
    month        TEXT NOT NULL,
    settled_in   TEXT NOT NULL,                      -- the month with whose closing they were settled
    figures      TEXT NOT NULL,                      -- JSON: person -> figure -> value
    report       TEXT,                               -- JSON: the tables as they were; empty for an earlier month
    closed_by    TEXT NOT NULL,
    closed_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (team_id, month, settled_in)
);

-- One row per thing Toban remembers that is no message, such as whom an announcement named.
-- Read by SQLite and PostgreSQL alike.
CREATE TABLE ledger_notes (
    key         TEXT PRIMARY KEY,                  -- names what is remembered
    content     TEXT NOT NULL,                     -- JSON
    changed_at  TIMESTAMP WITH TIME ZONE NOT NULL
);

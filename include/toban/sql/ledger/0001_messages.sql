-- One row per message or picture that Toban means to have said, whatever became of it.
-- Read by SQLite and PostgreSQL alike.
CREATE TABLE ledger_messages (
    key           TEXT PRIMARY KEY,                   -- names what is said, once and for all
    kind          TEXT NOT NULL,                      -- the first word of the key
    form          TEXT NOT NULL,                      -- message or picture
    channel       TEXT NOT NULL,                      -- as configured until posted, then Slack's id
    thread_ts     TEXT,                               -- the message it answers, if it is a reply
    ts            TEXT,                               -- Slack's name for it; empty while a picture is not shown yet
    status        TEXT NOT NULL,                      -- claimed, posted, given_up or withdrawn
    reason        TEXT,                               -- why it was given up
    content_hash  TEXT NOT NULL,                      -- of what is shown there now
    claimant      TEXT NOT NULL,                      -- the claim that may post, until lease_until
    claimed_at    TIMESTAMP WITH TIME ZONE NOT NULL,  -- since when it may be in Slack unconfirmed
    lease_until   TIMESTAMP WITH TIME ZONE NOT NULL,
    created_at    TIMESTAMP WITH TIME ZONE NOT NULL,  -- first intended
    posted_at     TIMESTAMP WITH TIME ZONE,
    changed_at    TIMESTAMP WITH TIME ZONE NOT NULL   -- any change of this row
);

CREATE INDEX ledger_messages_changed_at ON ledger_messages (changed_at);

CREATE INDEX ledger_messages_status ON ledger_messages (status);

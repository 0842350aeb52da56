-- The first mention of an alert may wait, where its team chose so. Read by SQLite and PostgreSQL alike.

-- Empty: the message that heads the thread mentions. Else the mention is a message of its own, due from then on.
ALTER TABLE ledger_threads ADD COLUMN mention_at TIMESTAMP WITH TIME ZONE;

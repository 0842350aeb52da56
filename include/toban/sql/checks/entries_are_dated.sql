-- Every log entry has a kind and a moment.
select id from log_entries where created_at is null or type is null

-- Whether PagerDuty can ring a person at all; the directory is read again, so that it is known at once.

alter table users add column notification_rules integer;  -- how many the person has; null: not known, or general snapshot

delete from sync_state where name = 'directory_synced_at';

-- One row per message that heads the incident's Slack thread.
select channel, ts from ledger_messages where key = $key and ts is not null

-- One row per message that was meant to be sent and of which nobody knows whether it was, the oldest first.
select key, kind, created_at
from ledger_messages
where status = 'claimed'
order by created_at, key
limit $most

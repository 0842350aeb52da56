-- Log entries for everybody: that somebody was notified stays, whom and in which words does not.
select * replace (
    if(type = 'notify', null, user_id) as user_id,
    if(type = 'notify', null, summary) as summary,
    if(type = 'notify', null, note) as note,
    if(type = 'notify', null, assignee_ids) as assignee_ids,
    if(type = 'notify', null, details) as details
)
from log_entries

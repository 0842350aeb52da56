-- An id occurs once in log_entries.
select id from log_entries group by id having count(*) > 1

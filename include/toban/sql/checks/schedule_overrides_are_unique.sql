-- An id occurs once in schedule_overrides.
select id from schedule_overrides group by id having count(*) > 1

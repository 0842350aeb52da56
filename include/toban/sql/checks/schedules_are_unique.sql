-- An id occurs once in schedules.
select id from schedules group by id having count(*) > 1

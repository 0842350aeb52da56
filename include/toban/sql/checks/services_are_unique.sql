-- An id occurs once in services.
select id from services group by id having count(*) > 1

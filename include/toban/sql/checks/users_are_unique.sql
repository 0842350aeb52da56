-- An id occurs once in users.
select id from users group by id having count(*) > 1

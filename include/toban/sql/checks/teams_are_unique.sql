-- An id occurs once in teams.
select id from teams group by id having count(*) > 1

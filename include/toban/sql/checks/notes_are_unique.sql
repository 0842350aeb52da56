-- An id occurs once in notes.
select id from notes group by id having count(*) > 1

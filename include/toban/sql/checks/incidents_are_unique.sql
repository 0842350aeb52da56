-- An id occurs once in incidents.
select id from incidents group by id having count(*) > 1

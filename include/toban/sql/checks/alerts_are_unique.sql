-- An id occurs once in alerts.
select id from alerts group by id having count(*) > 1

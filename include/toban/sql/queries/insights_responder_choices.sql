-- One row per person who ever had to do with an incident (restricted).
select known.user_id as id, coalesce(users.name, known.user_id) as name
from (select distinct user_id from incident_responders) as known
left join users on users.id = known.user_id
order by name, id

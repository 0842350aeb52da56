-- One row: how many incidents the list has.
with $chosen_incidents,

$listed_incidents

select count(*) as incidents from listed

-- Users for everybody: how somebody is rung concerns the person.
select * replace (cast(null as integer) as notification_rules) from users

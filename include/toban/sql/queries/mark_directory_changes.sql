-- Mark the incidents whose facts used a name, a zone or a tool that reads differently now.
create or replace temp table directory_now as
select 'service' as kind, id, cast({'name': name, 'tools': monitoring_tools} as varchar) as used from services
union all
select 'team', id, name from teams
union all
select 'escalation_policy', id, name from escalation_policies
union all
select 'user', id, cast({'name': name, 'time_zone': time_zone} as varchar) from users;

create or replace temp table directory_changes as
select distinct kind, id
from (
    (from directory_now except from internal.directory_used)
    union all
    (from internal.directory_used except from directory_now)
);

insert into internal.changed_incidents
select facts.incident_id
from incident_facts as facts
join directory_changes as change
    on (change.kind = 'service' and change.id = facts.service_id)
    or (change.kind = 'team' and change.id = facts.team_id)
    or (change.kind = 'escalation_policy' and change.id = facts.escalation_policy_id)
    or (change.kind = 'user' and change.id in (facts.acknowledged_by_id, facts.resolved_by_id))

union

select responders.incident_id
from incident_responders as responders
join directory_changes as change on change.kind = 'user' and change.id = responders.user_id;

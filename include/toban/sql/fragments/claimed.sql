case
        when $everything then true
        when list_contains(cast($services as varchar[]), service_id) then true
        when list_contains(cast($services_of_others as varchar[]), service_id) then false
        when list_contains(cast($policies as varchar[]), escalation_policy_id) then true
        when list_contains(cast($policies_of_others as varchar[]), escalation_policy_id) then false
        else coalesce(list_has_any(team_ids, cast($pagerduty_teams as varchar[])), false)
    end

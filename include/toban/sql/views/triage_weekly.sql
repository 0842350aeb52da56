-- One row per week in which incidents began whose threads were told a verdict or a runbook.
with synced as (
    select max(try_cast(value as timestamptz)) as synced_until from sync_state where name = 'synced_until'
),

answered as (
    select
        incident_id,
        bool_or(answer = 'runbook_helped') as helped,
        bool_or(answer = 'runbook_wrong') as wrong
    from alert_feedback
    group by incident_id
),

told as (
    select
        local_week,
        if(reason = 'history', verdict, null) as verdict,
        reason <> 'history' as left_to_people,
        coalesce(not said_needed, $ended_by_itself and seconds_to_resolve <= $soon_s, false) as was_harmless,
        resolved_at is not null
        or said_needed is not null
        or coalesce(created_at + to_seconds($soon_s) <= synced_until, false) as is_known,
        runbook_id,
        by_rule,
        runbook_id is not null and coalesce(helped, false) as helped,
        runbook_id is not null and coalesce(wrong, false) as wrong
    from alert_readings
    join reported_incidents using (incident_id)
    left join answered using (incident_id)
    cross join synced
)

select
    local_week as week,  -- first day of the week, in the reporting time zone
    count(verdict) as verdicts,  -- threads that were told what the model makes of the alert
    count(*) filter (where verdict = 'by_itself') as said_by_itself,  -- of them: likely resolves by itself
    count(*) filter (where verdict = 'by_itself' and is_known and was_harmless) as by_itself_right,  -- it did, or people said that no action was needed
    count(*) filter (where verdict = 'by_itself' and is_known and not was_harmless) as by_itself_wrong,  -- it needed a person
    by_itself_right / nullif(by_itself_right + by_itself_wrong, 0) as by_itself_share,  -- share that was right; null when none is known
    count(*) filter (where verdict = 'unsure') as said_unsure,  -- may resolve by itself
    count(*) filter (where verdict = 'unsure' and is_known and was_harmless) as unsure_harmless,  -- of them, those that did
    count(*) filter (where verdict = 'needs_action') as said_needs_action,  -- needs action, as the model says
    count(*) filter (where verdict = 'needs_action' and is_known and not was_harmless) as needs_action_right,  -- it did need a person
    count(*) filter (where verdict = 'needs_action' and is_known and was_harmless) as needs_action_wrong,  -- it ended by itself, or people said that no action was needed
    needs_action_right / nullif(needs_action_right + needs_action_wrong, 0) as needs_action_share,  -- share that was right; null when none is known
    count(*) filter (where left_to_people) as left_to_people,  -- left to a person whatever a model says: new, thin, urgent, no model
    count(runbook_id) as runbooks_shown,  -- threads that were shown a runbook
    count(*) filter (where runbook_id is not null and by_rule) as runbooks_by_rule,  -- of them, those a person's rule named
    count(*) filter (where runbook_id is null) as without_runbook,  -- threads that were told that there is none
    count(*) filter (where helped) as runbooks_helped,  -- incidents whose runbook helped somebody
    count(*) filter (where wrong) as runbooks_wrong,  -- incidents whose runbook somebody called wrong
    runbooks_helped / nullif(runbooks_helped + runbooks_wrong, 0) as runbook_share  -- share of answers that it helped; null without answers
from told
group by local_week

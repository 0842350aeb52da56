-- How often was triage right, and how often did the runbook help, month by month?
-- 判定はどれだけ当たり、ランブックはどれだけ役に立ったか(月ごと)
select
    date_trunc('month', week)::date as month,
    sum(by_itself_right) as by_itself_right,
    sum(by_itself_wrong) as by_itself_wrong,
    round(sum(by_itself_right) / nullif(sum(by_itself_right + by_itself_wrong), 0), 2) as by_itself_share,
    sum(needs_action_right) as needs_action_right,
    sum(needs_action_wrong) as needs_action_wrong,
    sum(runbooks_shown) as runbooks_shown,
    sum(runbooks_helped) as runbooks_helped,
    sum(runbooks_wrong) as runbooks_wrong,
    round(sum(runbooks_helped) / nullif(sum(runbooks_helped + runbooks_wrong), 0), 2) as runbook_share
from triage_weekly
group by month
order by month desc

-- Which alerts end by themselves before anybody acknowledges, and after how long? A delay may spare a call.
-- 誰も確認しないうちに自然に復旧するアラートはどれか。何分後か(通知を遅らせる候補)
with alerts as (
    select *, template as alert, resolved_automatically and acknowledged_at is null as by_itself
    from reported_incidents
)

select
    service,
    alert,
    count(*) as incidents,
    count(*) filter (where by_itself) as by_itself,
    round(quantile_cont(seconds_to_resolve, 0.9) filter (where by_itself) / 60, 1) as minutes_p90,
    sum(interruptions) filter (where by_itself) as interruptions,
    sum(sleep_hour_interruptions) filter (where by_itself) as sleep_hour_interruptions
from alerts
group by service, alert
having by_itself >= 3 and by_itself >= 0.8 * count(*)
order by by_itself desc, service, alert

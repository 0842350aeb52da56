-- Is it getting better: each week's median MTTA beside the mean of the eight weeks before it?
-- 良くなっているか(各週の確認時間の中央値と、それまで8週の平均)
with weeks as (
    select
        local_week as week,
        count(*) as incidents,
        count(acknowledged_at) as acknowledged,
        median(seconds_to_acknowledge) as mtta_p50_s,
        median(seconds_to_resolve) as mttr_p50_s
    from reported_incidents
    group by local_week
)

select
    *,
    round(avg(mtta_p50_s) over before, 1) as usual_mtta_s,
    round(100 * (mtta_p50_s / nullif(avg(mtta_p50_s) over before, 0) - 1)) as change_pct
from weeks
window before as (order by week rows between 8 preceding and 1 preceding)
order by week

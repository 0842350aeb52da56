count(*) as incidents,  -- incidents created
    count(acknowledged_at) as acknowledged,  -- of them explicitly acknowledged
    count(resolved_at) as resolved,  -- of them resolved
    avg(seconds_to_acknowledge) as mtta_mean_s,  -- mean seconds to acknowledge, acknowledged ones only
    quantile_cont(seconds_to_acknowledge, [0.5, 0.9, 0.95])[1] as mtta_p50_s,  -- their median
    quantile_cont(seconds_to_acknowledge, [0.5, 0.9, 0.95])[2] as mtta_p90_s,  -- nine in ten were faster
    quantile_cont(seconds_to_acknowledge, [0.5, 0.9, 0.95])[3] as mtta_p95_s,  -- 95 in 100 were faster
    avg(seconds_to_resolve) as mttr_mean_s,  -- mean seconds to resolve, resolved ones only
    quantile_cont(seconds_to_resolve, [0.5, 0.9, 0.95])[1] as mttr_p50_s,  -- their median
    quantile_cont(seconds_to_resolve, [0.5, 0.9, 0.95])[2] as mttr_p90_s,  -- nine in ten were faster
    quantile_cont(seconds_to_resolve, [0.5, 0.9, 0.95])[3] as mttr_p95_s  -- 95 in 100 were faster

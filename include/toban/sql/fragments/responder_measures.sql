count(distinct incident_id) as incidents,  -- incidents the person had to do with
    count(acknowledged_at) as acknowledged,  -- incidents the person acknowledged
    avg(seconds_to_acknowledge) as mtta_mean_s,  -- mean seconds from own first assignment to own acknowledgement
    median(seconds_to_acknowledge) as mtta_p50_s,  -- their median
    cast(coalesce(sum(notifications), 0) as bigint) as notifications,  -- e-mails, SMS, calls and pushes received
    count(hour_kind) as interruptions,  -- times interrupted; two incidents within 60 s interrupt once
    count(*) filter (where hour_kind = 'business') as business_hour_interruptions,  -- at work
    count(*) filter (where hour_kind = 'off') as off_hour_interruptions,  -- in free time
    count(*) filter (where hour_kind = 'sleep') as sleep_hour_interruptions  -- in sleep

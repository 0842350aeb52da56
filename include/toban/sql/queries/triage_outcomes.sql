-- One row: how many of the service's newest incidents ended soon and without anybody.
with newest as (
    select coalesce(not said_needed, $ended_by_itself and seconds_to_resolve <= $soon_s, false) as transient
    from incident_facts
    where
        service_id = $service_id
        and created_at <= $known_until
        and created_at >= $since
        and merged_into is null
        and history_complete
    order by created_at desc
    limit $most
)

select count(*) filter (where transient) as ended, count(*) as "of" from newest

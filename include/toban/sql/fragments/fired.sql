template,
    arg_max(title, created_at) as title,
    service_id,
    arg_max(service, created_at) as service,
    monitoring_tool,
    count(*) as incidents,
    sum(sleep_hour_interruptions)::bigint as night_calls

count(*) filter (where acknowledged_at is null and resolved_at is not null) as never_acknowledged,  -- resolved without anybody having acknowledged
    count(*) filter (where reopened_count > 0) as reopened  -- resolved once, and not for good

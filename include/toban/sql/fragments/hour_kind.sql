case
        when $sleep_from > $sleep_until and (
            cast(local_started_at as time) >= cast($sleep_from as time)
            or cast(local_started_at as time) < cast($sleep_until as time)
        ) then 'sleep'
        when cast(local_started_at as time) >= cast($sleep_from as time)
            and cast(local_started_at as time) < cast($sleep_until as time) then 'sleep'
        when list_contains($weekdays, lower(left(dayname(local_started_at), 3)))
            and cast(local_started_at as time) >= cast($business_start as time)
            and cast(local_started_at as time) < cast($business_end as time) then 'business'
        else 'off'
    end
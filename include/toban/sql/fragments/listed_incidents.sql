listed as (
    select *
    from chosen
    where ($uncounted or history_complete)
      and $only
      and $shown
      and ($template is null or template = $template)
      and ($weekday is null or isodow(local_created_at) = $weekday)
      and ($hour is null or hour(local_created_at) = $hour)
      and (
          $search is null
          or contains(lower(title), lower($search))
          or cast(incident_number as varchar) = ltrim($search, '#')
          or incident_id = $search
      )
      and case $kind
          when 'acknowledged' then acknowledged_at is not null
          when 'unacknowledged' then acknowledged_at is null
          when 'resolved' then resolved_at is not null
          when 'open' then resolved_at is null
          when 'escalated' then timeout_escalations > 0
          when 'by_hand' then manual_escalations > 0
          when 'reassigned' then reassignments > 0
          when 'automatic' then resolved_automatically
          when 'interrupting' then interruptions > 0
          when 'sleep' then sleep_hour_interruptions > 0
          when 'never_acknowledged' then acknowledged_at is null and resolved_at is not null
          when 'reopened' then reopened_count > 0
          else true
      end
)

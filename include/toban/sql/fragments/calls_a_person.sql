type = 'notify'
      and user_id is not null
      and regexp_replace(lower(notification_type), '_notification$', '') in ('push', 'phone', 'sms')
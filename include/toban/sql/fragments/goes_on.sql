epoch_us(started_at) - max(epoch_us(ended_at)) over (
            partition by user_id order by started_at, incident_id
            rows between unbounded preceding and 1 preceding
        ) <= epoch_us(interval 60 seconds)
-- What did Toban say in Slack, day by day: how many messages, how quickly, and how many are unconfirmed?
-- Toban は Slack で日ごとに何件発言したか。どれだけ速く、未確定は何件か
select
    cast(created_at as date) as day,
    kind,
    channel,
    count(*) as messages,
    count(posted_at) as posted,
    count(*) filter (where posted_at is null) as unconfirmed,
    round(avg(date_sub('millisecond', created_at, posted_at)) / 1000, 1) as mean_seconds_to_post
from ledger_messages
group by day, kind, channel
order by day desc, kind, channel

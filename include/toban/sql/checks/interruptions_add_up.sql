-- Business, off and sleep hour interruptions add up to all interruptions, which never exceed notifications.
select incident_id
from incident_facts
where business_hour_interruptions + off_hour_interruptions + sleep_hour_interruptions <> interruptions
   or interruptions > notifications

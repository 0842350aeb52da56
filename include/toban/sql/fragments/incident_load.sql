count(*) filter (where resolved_automatically) as resolved_automatically,  -- resolved, but not by a person
    count(*) filter (where timeout_escalations > 0) as escalated_by_timeout,  -- moved up unanswered
    count(*) filter (where manual_escalations > 0) as escalated_by_hand,  -- moved up by a person
    count(*) filter (where reassignments > 0) as reassigned,  -- given to others by a person
    cast(sum(interruptions) as bigint) as interruptions,  -- times a person was interrupted
    cast(sum(business_hour_interruptions) as bigint) as business_hour_interruptions,  -- at work
    cast(sum(off_hour_interruptions) as bigint) as off_hour_interruptions,  -- in their free time
    cast(sum(sleep_hour_interruptions) as bigint) as sleep_hour_interruptions  -- in their sleep

select facts.*
    from incident_facts as facts
    where $claimed

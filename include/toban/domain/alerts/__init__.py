"""When an alert fires: who is called when, and what an incident's thread in Slack says.

::

    nouns       an incident as PagerDuty has it now, what happened in it, and its thread
    rounds      who is asked now, and since when: what changes with each escalation
    policy      how a team wants to be called, and when it is quiet
    said        what the ledger holds of an incident
    escalation  whether the next level is to be brought in
    next_actions    what is missing now; a pure function of all that
    grouping    storms, and lists of what is too old to ring for
"""

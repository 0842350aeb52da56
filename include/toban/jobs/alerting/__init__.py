"""The parts of `handle_alerts`, in the order in which a round of a pass uses them.

::

    desk        where and how each team is spoken to
    tools       the clients a pass works with
    picture     what is so now: PagerDuty's incidents and events, and what the ledger holds
    threads     new threads, later rounds, lines: saved before anything is said
    plan        what is missing, as acts in order of urgency
    saying      each act's message
    waiting     the first mention, where a verdict decides when it comes
    briefing    runbook and changes for one incident
    drafting    runbooks' drafts that somebody asked for
    escalating  what Toban does in PagerDuty when nobody answers
"""

"""What the pages show, out of a snapshot; figures come from the models and fragments that all others use.

::

    overview    the figures of a period, of the one before, over time and by hour
    incidents   a list that can be searched and narrowed down, and the story of one
    groups      the measures by service, team, escalation policy and person
    duty        who is on call
    standing    how Toban itself stands
"""

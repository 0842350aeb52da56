"""Does on-call do its people harm? What interrupted whom and when, how evenly, and what is to be expected.

``nouns`` are what is looked at and what is found, ``thresholds`` where it becomes too much and who says so.
``hours`` tells work, free time and sleep apart, ``load`` counts, ``duty`` looks at shifts, ``fairness``
and ``trend`` compare people and periods, ``projection`` looks ahead, ``reachability`` at people's set-up.
What concerns a person by name is for those alone who may see it.
"""

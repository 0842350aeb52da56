"""What the pages decide: how a figure moved, and which buckets a period has.

::

    change     is a figure better, worse or the same as in the period before?
    buckets    every day, week or month of a period, also those in which nothing began
    periods    the period that is compared with
"""

"""What the pages show, out of a snapshot; figures come from the models and fragments that all others use.

::

    overview    the figures of a period, of the one before, over time and by hour
"""

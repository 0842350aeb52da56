"""The SQL console's engine: each query in a process of its own, on a published snapshot.

::

    console    Console: the question, the current snapshot, the answer
    turns      few at once, some more wait, the rest are told so
    process    one child: started clean, read within its limits, killed at the deadline
    child      the program of that process: locked DuckDB, limits of the operating system

The child is started anew for each query and imports as little as it can, so nothing is imported here.
"""

"""The composition root: what each DAG's task calls, with everything real put together.

::

    access     secrets, from Airflow's connections or the environment
    build      settings and secrets become clients
    alerts     an alert pass
    speaking   announcement and report, as DAGs and commands make them alike
    runs       one function per DAG
    failure    what happens when one of them fails, deadline what when it hangs
    insights   the pages in Airflow's UI, and who may see them
    receivers  the web app that wakes alert passes, with wake, buttons and intake behind it
"""

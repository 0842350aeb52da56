"""Toban runs a company's on-call life around PagerDuty.

The package as a map, from the top down; each floor imports only from floors below it::

    cli                        the `toban` command
    wiring                     connections and settings become clients (may import airflow)
    jobs        web            one function per DAG; FastAPI apps. They never import each other
    clients                    pagerduty, slack, warehouse, ledger: I/O without decisions
    locale                     Japanese and English
    domain                     values in, values out; knows the standard library and errors alone
    errors      settings

``sandbox`` stands beside the house: a local PagerDuty and a local Slack that import nothing of it.
``tests/test_architecture.py`` holds the code to this.
"""

__version__ = "0.1.0"

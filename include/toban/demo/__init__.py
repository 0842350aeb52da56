"""`toban demo`: everything on one machine, on loopback, without Docker, root or an account.

::

    keeper      owns every process it starts, and ends them all
    airflow     environment and processes of a real Airflow
    postgres    PostgreSQL from a wheel: Airflow's metadata and Toban's ledger
    company     toban.toml for the company that lives in the sandbox
    story       what happens in which order, until the first report stands in Slack
"""

from toban.demo.story import DemoPlan, run_demo

__all__ = ["DemoPlan", "run_demo"]

"""What all DAGs share: cron lines, and an import that costs nothing."""

import os
import subprocess
import sys
from datetime import time
from pathlib import Path

import pytest

from toban.scheduling import cron
from toban.settings import EVERY_DAY


@pytest.mark.parametrize(
    ("at", "weekdays", "line"),
    [
        (time(10), (), "0 10 * * *"),
        (time(0, 5), EVERY_DAY, "5 0 * * *"),
        (time(9, 30), ("mon",), "30 9 * * mon"),
        (time(23, 59), ("mon", "wed", "sun"), "59 23 * * mon,wed,sun"),
    ],
)
def test_a_clock_time_on_some_weekdays_is_a_cron_line(at: time, weekdays: tuple[str, ...], line: str) -> None:
    assert cron(at, weekdays) == line


def test_reading_a_dag_file_loads_no_client() -> None:
    """Airflow reads every DAG file again and again."""
    program = (
        "import sys, toban.scheduling, toban.settings\n"
        "heavy = {'duckdb', 'pandas', 'slack_sdk', 'pdpyras', 'sqlalchemy', 'airflow'} & set(sys.modules)\n"
        "print(sorted(heavy))"
    )
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1] / "include")}
    done = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"

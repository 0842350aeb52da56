"""Where an export's address leads: to the environment's credentials, or to one of Airflow's connections."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from toban.wiring.stores import open_store

ROOT = Path(__file__).parents[2]
OPENED = """
from toban.wiring.stores import open_store
store = open_store("file://toban_export@/srv/toban")
print(type(store.filesystem).__name__, store.root)
try:
    open_store("s3://toban_export@bucket/toban").filesystem
except ValueError as error:
    print(error)
"""


def test_without_a_connection_the_store_s_own_library_opens_it() -> None:
    store = open_store("memory://bucket/toban")
    assert (store.filesystem.protocol, store.root) == ("memory", "/bucket/toban")


@pytest.mark.airflow
def test_a_connection_is_airflow_s_to_open(tmp_path: Path) -> None:
    environment = os.environ | {
        "AIRFLOW_HOME": str(tmp_path),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "PYTHONPATH": str(ROOT / "include"),
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", OPENED],
        env=environment, check=True, capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    # The provider of S3 is not installed here, and what it says is what doctor shows.
    assert done.stdout.splitlines()[-2:] == [
        "LocalFileSystem /srv/toban",
        "No filesystem registered for scheme s3",
    ]

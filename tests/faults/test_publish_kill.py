"""kill -9 at random moments of writing, rebuilding and publishing.

`TOBAN_KILLS=50` kills that often; the default is short enough for every day.
"""

import os
import random
import subprocess
import sys
import time

import pytest

from toban.clients.warehouse import Warehouse
from toban.errors import NoSnapshot

KILLS = int(os.environ.get("TOBAN_KILLS", "6"))
WRITE = """
import pathlib, sys
from toban.clients.warehouse import Warehouse
from warehouse_data import add_incident
with Warehouse(pathlib.Path(sys.argv[1])).write(wait_s=5) as writer:
    print("writing", flush=True)
    n = int(writer.state("next") or 0)
    while True:
        with writer.transaction():
            add_incident(writer, n)
            n += 1
            writer.set_state("next", str(n))
        writer.rebuild_models()
        writer.check()
        writer.publish()
        print(n, flush=True)
"""


@pytest.mark.slow
def test_a_writer_killed_at_any_moment_loses_nothing_it_published_and_harms_nobody(tmp_path):
    chance = random.Random(1)
    published = 0
    for _ in range(KILLS):
        published = max(published, write_and_kill(tmp_path, chance.uniform(0.0, 0.6)))
        facts = read_facts(tmp_path)
        assert facts >= published
        published = facts
    with Warehouse(tmp_path).write() as writer:
        written = int(writer.state("next") or 0)
        writer.rebuild_models()
        writer.check()
        writer.publish()
    assert read_facts(tmp_path) == written >= published
    names = [file.name for folder in ("snapshots", "restricted") for file in (tmp_path / folder).iterdir()]
    assert len(names) <= 6
    assert not any(name.startswith(".") for name in names)


def write_and_kill(directory, after_s):
    """Let a writer write, kill it; how many incidents it said it had published."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", WRITE, str(directory)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout.readline() == "writing\n"
        time.sleep(after_s)
        process.kill()
        said = process.stdout.read().splitlines()
    return max((int(line) for line in said), default=0)


def read_facts(directory):
    try:
        with Warehouse(directory).read() as snapshot:
            (row,) = snapshot.rows(
                "select count(*) as n, max(incident_number) + 1 as newest from incident_facts"
            )
    except NoSnapshot:
        return 0
    assert row["n"] == (row["newest"] or 0)
    return row["n"]

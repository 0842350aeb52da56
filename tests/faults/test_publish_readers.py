"""Readers in other processes while snapshots are published under them."""

import json
import os
import subprocess
import sys

import pytest

from toban.clients.warehouse import Warehouse
from warehouse_data import add_incident, fill_a_little

PUBLICATIONS = 30
READERS = 2
READ = """
import json, pathlib, sys
from toban.clients.warehouse import Warehouse
warehouse, seen = Warehouse(pathlib.Path(sys.argv[1])), []
print("reading", flush=True)
while not pathlib.Path(sys.argv[1], "stop").exists():
    with warehouse.read() as snapshot:
        (row,) = snapshot.rows("select count(*) as facts, max(incident_number) as newest from incident_facts")
        seen.append([snapshot.number, row["facts"], row["newest"]])
print(json.dumps(seen))
"""


@pytest.mark.soak
def test_readers_see_no_error_and_never_an_older_state_while_thirty_snapshots_are_published(tmp_path):
    warehouse = Warehouse(tmp_path)
    with warehouse.write() as writer:
        fill_a_little(writer, 2)
        writer.rebuild_models()
        writer.publish()
    readers = [start_reader(tmp_path) for _ in range(READERS)]
    with warehouse.write() as writer:
        for n in range(2, 2 + PUBLICATIONS):
            add_incident(writer, n)
            writer.rebuild_models()
            writer.publish()
    tmp_path.joinpath("stop").touch()
    for reader in readers:
        output, errors = reader.communicate(timeout=60)
        assert (reader.returncode, errors) == (0, "")
        seen = json.loads(output)
        assert len({number for number, _, _ in seen}) > 3, "the reader saw too little to prove anything"
        assert seen == sorted(seen)
        assert all(facts == newest + 1 for _, facts, newest in seen)


def start_reader(directory):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    reader = subprocess.Popen(
        [sys.executable, "-c", READ, str(directory)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    )
    assert reader.stdout.readline() == "reading\n"
    return reader

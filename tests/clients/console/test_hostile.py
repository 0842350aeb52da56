"""Some of the hostile statements; `make hostile` tries them all."""

import pytest
from benchmarks.hostile_ground import ground
from benchmarks.hostile_statements import MUST_BE_BOUNDED, MUST_BE_REFUSED

from toban.clients.console.console import Console
from toban.clients.warehouse import Warehouse
from warehouse_data import fill_a_little

FEW = {"files": 9, "writing": 8, "outside": 7, "settings": 9, "memory": 9, "time": 17, "shapes": 4}


def every_so_many(kinds):
    return [(kind, statement) for kind, all_of in kinds.items() for statement in all_of[:: FEW[kind]]]


def named(value):
    return value[:60].encode("ascii", "backslashreplace").decode().replace("\0", "\\0")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    directory = tmp_path_factory.mktemp("hostile") / "warehouse"
    with Warehouse(directory).write() as writer:
        fill_a_little(writer, 20)
        writer.rebuild_models()
        writer.publish()
    with ground(Console(directory), directory, directory.parent / "folder") as place:
        yield place


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "statement"), every_so_many(MUST_BE_REFUSED), ids=named)
def test_what_reaches_outside_is_refused(place, kind, statement):
    assert place.try_one(kind, statement, must_be_refused=True).through == []


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "statement"), every_so_many(MUST_BE_BOUNDED), ids=named)
def test_what_takes_a_lot_is_kept_within_its_limits(place, kind, statement):
    verdict = place.try_one(kind, statement, must_be_refused=False)
    assert set(verdict.through) <= {"time", "memory"}  # a busy machine's; `make hostile` measures them


def test_there_are_hostile_statements_enough():
    assert sum(map(len, (MUST_BE_REFUSED | MUST_BE_BOUNDED).values())) >= 120

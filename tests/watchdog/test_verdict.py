"""What means that the scheduler must be started anew, and what does not."""

from dataclasses import replace

import pytest

from toban.watchdog.sight import Sight
from toban.watchdog.verdict import trouble

TASK = "01a212fe-d478-77fc-b8e0-59fb7ff6845c"
IDLE = "airflow worker -- LocalExecutor: <idle>"
BUSY = f"airflow worker -- LocalExecutor: {TASK}"
WELL = Sight(
    age_s=3680.0,
    registered_s=3670.0,
    silent_s=4.0,
    still_s=58.0,
    busy=1,
    queued={},
    workers=(IDLE, BUSY),
)


def test_a_scheduler_at_work_is_well() -> None:
    assert trouble(WELL, 2) is None


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"silent_s": 31.0}, "its last heartbeat is 31 s old"),
        ({"age_s": 181.0, "registered_s": None, "silent_s": None}, "no heartbeat since it began 181 s ago"),
        ({"silent_s": None}, "Airflow counts it as dead"),
        ({"workers": (BUSY,)}, "only 1 of its 2 workers are left"),
        ({"queued": {TASK: 16.0}, "workers": (IDLE, IDLE)}, f"no worker has taken task {TASK} for 16 s"),
        ({"still_s": 91.0}, "no alert pass has begun or ended for 91 s"),
    ],
)
def test_each_illness_is_named(changed: dict[str, object], why: str) -> None:
    assert trouble(replace(WELL, **changed), 2) == why  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        {"silent_s": 29.0},
        {"age_s": 179.0, "registered_s": None, "silent_s": None},  # a busy machine
        {"registered_s": 29.0, "workers": (), "still_s": 600.0, "queued": {TASK: 60.0}},  # it is young
        {"queued": {TASK: 14.0}, "workers": (IDLE, IDLE)},
        {"queued": {TASK: 600.0}},  # a worker has it, and waits for Airflow's API
        {"still_s": 600.0, "age_s": 80.0, "registered_s": 70.0},  # they stopped while nothing ran
        {"still_s": None},  # the DAG is paused, or has never run
        {"still_s": 600.0, "busy": 2},  # every slot is in use by something long
    ],
    ids=str,
)
def test_what_looks_alike_and_is_well(changed: dict[str, object]) -> None:
    assert trouble(replace(WELL, **changed), 2) is None  # type: ignore[arg-type]

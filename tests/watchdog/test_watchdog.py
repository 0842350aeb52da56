"""The watchdog on Airflow's own tables in a real PostgreSQL, and on processes with the names of workers."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Engine, create_engine, text

from postgres_server import postgres_server  # noqa: F401 - a fixture is found by its name
from toban.watchdog import Watchdog
from toban.watchdog.sight import look

ROOT = Path(__file__).parents[2]
SLOTS = 2
CONNECTION = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"
WORKER = (
    "import sys, time; from setproctitle import setproctitle\n"
    "setproctitle('airflow worker -- LocalExecutor: <idle>'); open(sys.argv[1], 'w').close(); time.sleep(600)"
)
SCHEDULER = (
    "import subprocess, sys\n"
    "workers = [subprocess.Popen([sys.executable, '-c', sys.argv[1], f]) for f in sys.argv[2:4]]\n"
    "workers[0].wait(); workers[1].wait()"
)
HEARTBEAT = text("""
insert into job (job_type, state, hostname, start_date, latest_heartbeat)
values ('SchedulerJob', 'running', 'here', now(), now() - make_interval(secs => :age))
""")

pytestmark = [pytest.mark.airflow, pytest.mark.slow]


@pytest.fixture(scope="module")
def database_url(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:  # noqa: F811
    """Airflow's tables, as Airflow makes them."""
    server = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("create database airflow_watched"))
    url = server.url.set(database="airflow_watched").render_as_string(hide_password=False)
    own = {key: value for key, value in os.environ.items() if not key.startswith("AIRFLOW")}
    told = {
        "AIRFLOW_HOME": str(tmp_path_factory.mktemp("airflow")),
        CONNECTION: url,
    }
    subprocess.run(
        [sys.executable, "-m", "airflow", "db", "migrate"],
        env=own | told,
        check=True,
        capture_output=True,
        timeout=180,
    )
    return url


@pytest.fixture
def engine(database_url: str, scheduler: psutil.Process) -> Iterator[Engine]:
    """Airflow's database, in which that scheduler has registered itself and beats."""
    assert scheduler.is_running()
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("delete from job"))
        connection.execute(HEARTBEAT, {"age": 3})
    yield engine
    engine.dispose()


@pytest.fixture
def scheduler(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[psutil.Process]:
    """A process that looks like Airflow's scheduler, with two workers; it counts as grown up."""
    monkeypatch.setattr("toban.watchdog.verdict.YOUNG_S", -1)
    monkeypatch.setattr("toban.watchdog.verdict.STARTING_S", 60)
    ready = [tmp_path / "one", tmp_path / "two"]
    process = subprocess.Popen(
        [sys.executable, "-c", SCHEDULER, WORKER, *map(str, ready), "airflow", "scheduler"],
        env=os.environ | {CONNECTION: database_url},
    )
    deadline = time.monotonic() + 20
    while not all(file.exists() for file in ready):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    family = psutil.Process(process.pid)
    workers = family.children()
    yield family
    for one in workers:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    process.wait(10)


def test_a_scheduler_that_beats_and_has_its_workers_is_well(
    database_url: str, engine: Engine, scheduler: psutil.Process
) -> None:
    sight = look(engine, scheduler)
    assert len(sight.workers) == SLOTS
    assert sight.silent_s is not None
    assert 2 < sight.silent_s < 30
    assert sight.registered_s is not None
    assert 0 <= sight.registered_s < 30
    assert (sight.still_s, sight.busy, sight.queued) == (None, 0, {})
    assert Watchdog(database_url, SLOTS).trouble(scheduler) is None


@pytest.mark.usefixtures("engine")
def test_a_killed_worker_is_missed(database_url: str, scheduler: psutil.Process) -> None:
    worker = scheduler.children()[0]
    worker.kill()
    with suppress(psutil.NoSuchProcess):
        while worker.status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.01)
    watchdog = Watchdog(database_url, SLOTS, sleep=lambda _: None)
    assert watchdog.trouble(scheduler) == "only 1 of its 2 workers are left"


def test_an_old_heartbeat_is_trouble_until_the_scheduler_is_declared_dead_and_a_new_one_beats(
    database_url: str, engine: Engine, scheduler: psutil.Process
) -> None:
    with engine.begin() as connection:
        connection.execute(text("update job set latest_heartbeat = now() - interval '45 seconds'"))
    watchdog = Watchdog(database_url, SLOTS, sleep=lambda _: None)
    assert re.fullmatch(r"its last heartbeat is \d\d s old", watchdog.trouble(scheduler) or "")
    watchdog.declare_dead()
    assert watchdog.trouble(scheduler) == "Airflow counts it as dead"
    with engine.begin() as connection:
        connection.execute(HEARTBEAT, {"age": 1})
    assert watchdog.trouble(scheduler) is None


def test_what_is_well_again_at_the_second_look_is_well(
    database_url: str, engine: Engine, scheduler: psutil.Process
) -> None:
    def beat(_seconds: float) -> None:
        with engine.begin() as connection:
            connection.execute(text("update job set latest_heartbeat = now()"))

    with engine.begin() as connection:
        connection.execute(text("update job set latest_heartbeat = now() - interval '45 seconds'"))
    assert Watchdog(database_url, SLOTS, sleep=beat).trouble(scheduler) is None


def test_a_heartbeat_from_before_its_process_began_is_another_scheduler_s(
    database_url: str, engine: Engine, scheduler: psutil.Process
) -> None:
    with engine.begin() as connection:
        connection.execute(text("update job set start_date = now() - interval '1 hour'"))
        connection.execute(text("update job set latest_heartbeat = now() - interval '1 hour'"))
    sight = look(engine, scheduler)
    assert (sight.registered_s, sight.silent_s) == (None, None)
    assert sight.age_s < 60
    assert Watchdog(database_url, SLOTS).trouble(scheduler) is None


def test_a_database_that_does_not_answer_is_no_illness_of_the_scheduler(scheduler: psutil.Process) -> None:
    nowhere = Watchdog("postgresql+psycopg2://nobody@127.0.0.1:1/nothing", SLOTS)
    assert nowhere.trouble(scheduler) is None
    nowhere.declare_dead()


def health_check(database_url: str) -> subprocess.CompletedProcess[str]:
    """As the compose file runs it."""
    told = {CONNECTION: database_url, "AIRFLOW__CORE__PARALLELISM": str(SLOTS)}
    return subprocess.run(
        [sys.executable, "-m", "toban.watchdog"],
        env=os.environ | told | {"PYTHONPATH": str(ROOT / "include")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.usefixtures("engine")
def test_the_health_check_leaves_a_scheduler_that_is_well_alone(
    database_url: str, scheduler: psutil.Process
) -> None:
    done = health_check(database_url)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(scheduler.children()) == SLOTS


def test_the_health_check_ends_a_scheduler_that_hangs_with_its_workers(
    database_url: str, engine: Engine, scheduler: psutil.Process
) -> None:
    workers = scheduler.children()
    with engine.begin() as connection:
        connection.execute(text("update job set latest_heartbeat = now() - interval '45 seconds'"))
    done = health_check(database_url)
    assert done.returncode == 1
    assert "The scheduler is ill (its last heartbeat is" in done.stderr
    gone, _ = psutil.wait_procs([scheduler, *workers], timeout=10)
    assert len(gone) == 1 + SLOTS


@pytest.mark.usefixtures("engine", "scheduler")
def test_the_health_check_touches_no_scheduler_of_another_airflow(database_url: str) -> None:
    done = health_check(database_url + "_of_others")
    assert (done.returncode, done.stderr) == (1, "No scheduler runs here.\n")

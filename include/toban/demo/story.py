"""What happens when someone types `make demo`, in order, until the first report stands in Slack."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from toban.demo.airflow import PROCESSES, SLOTS, USER, airflow_command, airflow_env, demo_secrets
from toban.demo.airflow_api import AirflowApi
from toban.demo.company import write_settings
from toban.demo.errors import DemoError, DemoStopped
from toban.demo.keeper import Keeper
from toban.demo.ports import LOOPBACK, require_disk, require_free_port, require_packages
from toban.demo.postgres import Postgres
from toban.demo.receiving import receive_all
from toban.watchdog import Watchdog

IMPROVED_DAYS_AGO = 122  # when the sample company's announcements began
PATIENCE_S = 300


@dataclass(frozen=True)
class DemoPlan:
    """Where the demo lives and which ports it uses."""

    folder: Path
    checkout: Path
    airflow_port: int = 8080
    pagerduty_port: int = 8081
    slack_port: int = 8082
    seed: int = 1
    say: Callable[[str], None] = field(default=print)

    @property
    def urls(self) -> dict[str, str]:
        """The three addresses a browser opens."""
        ports = {"airflow": self.airflow_port, "pagerduty": self.pagerduty_port, "slack": self.slack_port}
        return {name: f"http://{LOOPBACK}:{port}" for name, port in ports.items()}

    @property
    def receivers_url(self) -> str:
        """Where the local PagerDuty and the local Slack reach Toban: in Airflow's API server."""
        return f"{self.urls['airflow']}/toban-receive"


def run_demo(plan: DemoPlan) -> None:
    """Start everything, show the way, keep it running until Ctrl-C or SIGTERM, end everything."""
    _require_room(plan)
    stop = _StopSignal()
    keeper = Keeper(plan.folder / "logs", plan.folder / "processes.json")
    for port, option in _ports(plan):
        require_free_port(port, option)
    plan.say("Starting PostgreSQL …")
    postgres = Postgres(plan.folder / "postgres")
    try:
        _start(plan, keeper, postgres, stop)
        keeper.keep(stop.received, plan.say, [lambda: postgres.keep_running(plan.say)])
    except DemoStopped:
        plan.say("Ended before everything had started; the next start continues.")
    finally:
        plan.say("Ending everything …")
        keeper.end_all(spare=postgres.pid)
        postgres.stop()


def _require_room(plan: DemoPlan) -> None:
    if not (plan.checkout / "dags").is_dir():
        raise DemoError(f"{plan.checkout} holds no dags folder; run the demo in a checkout of Toban.")
    plan.folder.mkdir(parents=True, exist_ok=True)
    require_packages()
    require_disk(plan.folder)


def _ports(plan: DemoPlan) -> list[tuple[int, str]]:
    return [
        (plan.airflow_port, "--airflow-port"),
        (plan.pagerduty_port, "--pagerduty-port"),
        (plan.slack_port, "--slack-port"),
    ]


def _start(plan: DemoPlan, keeper: Keeper, postgres: Postgres, stop: "_StopSignal") -> None:
    begun = (plan.folder / "toban.toml").exists()
    how = "their past continues" if begun else "a year of incidents is being invented"
    plan.say(f"Starting a local PagerDuty and a local Slack ({how}) …")
    keeper.start("sandbox", _sandbox_command(plan), dict(os.environ))
    env = airflow_env(plan.folder / "airflow", plan.checkout, plan.airflow_port, postgres.urls["airflow"])
    plan.say("Preparing Airflow's database …")
    _run(airflow_command("db", "migrate"), env, plan.folder / "logs" / "migrate.log")
    _wait(f"{plan.urls['pagerduty']}/_sandbox/calls", keeper, "sandbox", stop)
    _settings(plan)
    env |= _connections(plan, postgres.urls["toban_ledger"])
    env |= receive_all(plan.folder, plan.urls["pagerduty"], plan.urls["slack"], plan.receivers_url)
    plan.say("Starting Airflow …")
    keeper.watch("scheduler", Watchdog(postgres.urls["airflow"], SLOTS))
    for name, arguments in PROCESSES.items():
        keeper.start(name, airflow_command(*arguments), env)
    _wait(f"{plan.urls['airflow']}/api/v2/monitor/health", keeper, "api-server", stop)
    _first_runs(plan, stop)


def _first_runs(plan: DemoPlan, stop: "_StopSignal") -> None:
    password = demo_secrets(plan.folder / "airflow")["password"]
    plan.say(f"""
  Airflow    {plan.urls["airflow"]}   login: {USER} / {password}
  Slack      {plan.urls["slack"]}
  PagerDuty  {plan.urls["pagerduty"]}
""")
    api = AirflowApi(plan.urls["airflow"], USER, password)
    _wait_until(
        lambda: "toban_sync_incidents" in api.dag_ids("toban_"),
        stop,
        lambda: f"Airflow has not found the DAGs: {api.import_errors()}",
    )
    api.unpause("toban_sync_incidents")
    published = plan.folder / "warehouse" / "current.json"
    if not published.exists():
        plan.say("The first sync is running: a year of incidents goes from PagerDuty into DuckDB …")
    _wait_until(published.exists, stop, lambda: "the first sync did not publish; look at its log in Airflow")
    # A DAG that is unpaused runs its latest missed slot at once: today's announcement, Monday's report.
    for dag_id in api.dag_ids("toban_"):
        api.unpause(dag_id)
    plan.say("Announcements and reports are on their way into Slack; trigger an alert on PagerDuty's page.")
    plan.say("Ctrl-C ends everything.")


def _settings(plan: DemoPlan) -> None:
    path = plan.folder / "toban.toml"
    if not path.exists():
        since = datetime.now(UTC).date() - timedelta(days=IMPROVED_DAYS_AGO)
        write_settings(
            path,
            plan.urls["pagerduty"],
            warehouse=plan.folder / "warehouse",
            runbooks=plan.checkout / "runbooks",
            airflow_url=plan.urls["airflow"],
            improvements_since=since,
            receivers_url=plan.receivers_url,
            slack_url=plan.urls["slack"],
        )


def _sandbox_command(plan: DemoPlan) -> list[str]:
    ports = ["--pagerduty-port", str(plan.pagerduty_port), "--slack-port", str(plan.slack_port)]
    state = ["--state", str(plan.folder / "sandbox"), "--seed", str(plan.seed)]
    return [sys.executable, "-m", "toban", "sandbox", *ports, *state]


def _connections(plan: DemoPlan, ledger_url: str) -> dict[str, str]:
    return {
        "TOBAN_SETTINGS": str(plan.folder / "toban.toml"),
        "TOBAN_LEDGER_URL": ledger_url,
        "AIRFLOW_CONN_PAGERDUTY_DEFAULT": _connection("demo", plan.urls["pagerduty"]),
        "AIRFLOW_CONN_SLACK_API_DEFAULT": _connection("xoxb-demo", f"{plan.urls['slack']}/api/"),
    }


def _connection(token: str, address: str) -> str:
    return json.dumps({"conn_type": "generic", "host": address, "password": token})


def _run(command: list[str], env: dict[str, str], log: Path) -> None:
    with log.open("ab") as output:
        done = subprocess.run(command, env=env, stdout=output, stderr=output, check=False)  # noqa: S603 - our own
    if done.returncode:
        raise DemoError(f"`airflow {' '.join(command[3:])}` failed; its output is in {log}.")


def _wait(url: str, keeper: Keeper, name: str, stop: "_StopSignal") -> None:
    def answers() -> bool:
        if keeper.has_ended(name):
            raise DemoError(f"{name} ended at once; it said: {keeper.log_tail(name)}")
        return AirflowApi.answers(url)

    _wait_until(answers, stop, lambda: f"{name} does not answer at {url}; see its log in the demo's folder")


def _wait_until(true: Callable[[], bool], stop: "_StopSignal", otherwise: Callable[[], str]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        if stop.received():
            raise DemoStopped
        if time.monotonic() > deadline:
            raise DemoError(f"After {PATIENCE_S} s, {otherwise()}.")
        time.sleep(0.5)


class _StopSignal:
    """Remembers that Ctrl-C or SIGTERM came, so that ending happens in order and once."""

    def __init__(self) -> None:
        self._received = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._receive)

    def _receive(self, _number: int, _frame: object) -> None:
        self._received = True

    def received(self) -> bool:
        return self._received

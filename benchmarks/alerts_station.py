"""A real Airflow on PostgreSQL beside a local PagerDuty and a local Slack, in a folder that goes with it.

Only the alert DAG runs in it and, for comparison, one whose task does nothing. Ports are free ones.
"""

import hashlib
import hmac
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from alerts_company import SERVICE, write_company
from sqlalchemy import Engine, create_engine, text

from toban.demo.airflow import PROCESSES, SLOTS, USER, airflow_command, airflow_env, demo_secrets
from toban.demo.airflow_api import AirflowApi
from toban.demo.keeper import Keeper
from toban.demo.ports import LOOPBACK
from toban.demo.postgres import Postgres
from toban.watchdog import Watchdog

CHECKOUT = Path(__file__).parents[1]
ALERTS, FLOOR = "toban_handle_alerts", "floor"
START_S = 300.0
WHAT_HAPPENS = (
    "triggered acknowledged unacknowledged escalated reassigned delegated annotated reopened resolved"
)
EVENTS = [f"incident.{what}" for what in WHAT_HAPPENS.split()]
FLOOR_DAG = """
from datetime import datetime, UTC
from airflow.sdk import dag, task

@dag(dag_id="floor", schedule=None, start_date=datetime(2026, 1, 1, tzinfo=UTC), max_active_runs=1)
def floor():
    @task
    def first_line():
        import time
        with open({mark!r}, "a") as file:
            file.write(f"{{time.time()}}\\n")
    first_line()

floor()
"""
FLOOR_PLUGIN = """
from airflow.plugins_manager import AirflowPlugin
from fastapi import APIRouter, HTTPException, Response
from toban.web.receivers import create_receivers
from toban.web.waking import gathered

routes = APIRouter()

def _wake():
    from toban.wiring.wake import wake
    return wake("floor")

wake_together = gathered(_wake)

@routes.post("/floor")
async def floor():
    if not await wake_together():
        raise HTTPException(503)
    return Response(status_code=202)

class FloorPlugin(AirflowPlugin):
    name = "floor"
    fastapi_apps = [{"app": create_receivers([routes]), "url_prefix": "/floor-receive", "name": "Floor"}]
"""


@dataclass
class Station:
    """Everything that runs, and how to speak to it."""

    folder: Path
    pagerduty_url: str
    slack_url: str
    airflow_url: str
    subscription: str
    secret: str
    keeper: Keeper
    postgres: Postgres
    database: Engine
    api: AirflowApi

    @property
    def webhook_url(self) -> str:
        """Where PagerDuty's webhooks go."""
        return f"{self.airflow_url}/toban-receive/pagerduty"

    @property
    def mark(self) -> Path:
        """Where the empty task writes when its first line ran."""
        return self.folder / "floor.txt"

    def pagerduty(self, method: str, path: str, body: Any = None) -> Any:
        """A call of its API, or an order to the sandbox."""
        headers = {"Authorization": "Token token=bench", "From": "pben@example.com"}
        answer = httpx.request(method, f"{self.pagerduty_url}/{path}", json=body, headers=headers, timeout=30)
        return answer.raise_for_status().json() if answer.content else None

    def slack(self, path: str, **params: str) -> Any:
        """What the Slack sandbox tells."""
        answer = httpx.get(f"{self.slack_url}/_sandbox/{path}", params=params, timeout=30)
        return answer.raise_for_status().json()

    def fire(self, summary: str) -> str:
        """An alert; gives the incident's id."""
        body = {"service": SERVICE, "summary": summary}
        return str(self.pagerduty("POST", "_sandbox/incidents", body)["incident"]["id"])

    def change(self, incident_id: str, **values: Any) -> None:
        """What a person does to an incident."""
        body = {"incident": {"id": incident_id, "type": "incident_reference", **values}}
        self.pagerduty("PUT", f"incidents/{incident_id}", body)

    def listening(self, active: bool) -> None:
        """Whether PagerDuty sends webhooks."""
        body = {"webhook_subscription": {"active": active}}
        self.pagerduty("PUT", f"webhook_subscriptions/{self.subscription}", body)

    def signed(self, body: bytes) -> dict[str, str]:
        """The headers that PagerDuty would send with that body."""
        digest = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        return {"X-PagerDuty-Signature": f"v1={digest}", "Content-Type": "application/json"}

    def ask(self, sql: str, **values: Any) -> list[Any]:
        """Rows of Airflow's database."""
        with self.database.connect() as connection:
            return list(connection.execute(text(sql), values))

    def passes(self) -> int:
        """How many alert passes have ended well."""
        found = self.ask("select count(*) from dag_run where dag_id = :d and state = 'success'", d=ALERTS)
        return int(found[0][0])


def wait_until(true: Callable[[], Any], longest_s: float, otherwise: str, every_s: float = 0.2) -> float:
    """Seconds it took; raises TimeoutError."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > longest_s:
            raise TimeoutError(f"after {longest_s:g} s, {otherwise}")
        time.sleep(every_s)
    return time.monotonic() - began


@contextmanager
def station(say: Callable[[str], None]) -> Iterator[Station]:
    """Start everything; both DAGs are paused. Everything ends with the block, also on SIGTERM and Ctrl-C."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="toban-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # as root, PostgreSQL runs under a user of its own
        keeper = Keeper(folder / "logs", folder / "processes.json")
        postgres = Postgres(folder / "postgres")
        stop = threading.Event()
        keeping = threading.Thread(
            target=keeper.keep,
            args=(stop.is_set, say, [lambda: postgres.keep_running(say)]),
            daemon=True,
        )
        try:
            made = _started(folder, keeper, postgres)
            keeping.start()
            yield made
        finally:
            stop.set()
            if keeping.ident is not None:
                keeping.join(30)
            keeper.end_all(spare=postgres.pid)
            postgres.stop()


def _started(folder: Path, keeper: Keeper, postgres: Postgres) -> Station:
    history, settings = write_company(folder, CHECKOUT)
    pagerduty_port, slack_port, airflow_port = (_free_port() for _ in range(3))
    urls = [f"http://{LOOPBACK}:{port}" for port in (pagerduty_port, slack_port, airflow_port)]
    ports = ["--pagerduty-port", str(pagerduty_port), "--slack-port", str(slack_port)]
    command = [sys.executable, "-m", "toban", "sandbox", "--history", str(history), *ports]
    keeper.start("sandbox", command, {**os.environ, "PYTHONPATH": str(CHECKOUT / "include")})
    wait_until(
        lambda: AirflowApi.answers(f"{urls[0]}/_sandbox/calls"), START_S, "the sandbox does not answer"
    )
    subscription = _subscribe(urls[0], f"{urls[2]}/toban-receive/pagerduty")
    secret = subscription["delivery_method"]["secret"]
    env = airflow_env(folder / "airflow", CHECKOUT, airflow_port, postgres.urls["airflow"])
    env |= _folders(folder) | _told(settings, postgres, urls, secret)
    with (folder / "logs/migrate.log").open("wb") as log:
        subprocess.run(airflow_command("db", "migrate"), env=env, check=True, stdout=log, stderr=log)
    keeper.watch("scheduler", Watchdog(postgres.urls["airflow"], SLOTS))
    for name, arguments in PROCESSES.items():
        keeper.start(name, airflow_command(*arguments), env)
    health = f"{urls[2]}/api/v2/monitor/health"
    wait_until(lambda: AirflowApi.answers(health), START_S, "Airflow does not answer")
    api = AirflowApi(urls[2], USER, demo_secrets(folder / "airflow")["password"])
    wait_until(lambda: _found(api), START_S, "Airflow has not found the DAGs")
    engine = create_engine(postgres.urls["airflow"], pool_pre_ping=True)
    return Station(folder, *urls, subscription["id"], secret, keeper, postgres, engine, api)


def _found(api: AirflowApi) -> bool:
    """Whether Airflow knows both DAGs; raises RuntimeError where it cannot read one."""
    if "Error" in api.import_errors():
        raise RuntimeError(api.import_errors())
    return {ALERTS, FLOOR} <= set(api.dag_ids(""))


def _folders(folder: Path) -> dict[str, str]:
    """A folder with the two DAGs, and one with the plugin and the one that wakes the other DAG."""
    dags, plugins = folder / "dags", folder / "plugins"
    dags.mkdir()
    plugins.mkdir()
    (dags / "handle_alerts.py").symlink_to(CHECKOUT / "dags/handle_alerts.py")
    (dags / "floor.py").write_text(FLOOR_DAG.format(mark=str(folder / "floor.txt")))
    (plugins / "toban_plugin.py").symlink_to(CHECKOUT / "plugins/toban_plugin.py")
    (plugins / "floor_plugin.py").write_text(FLOOR_PLUGIN)
    return {"AIRFLOW__CORE__DAGS_FOLDER": str(dags), "AIRFLOW__CORE__PLUGINS_FOLDER": str(plugins)}


def _told(settings: Path, postgres: Postgres, urls: list[str], secret: str) -> dict[str, str]:
    return {
        "TOBAN_SETTINGS": str(settings),
        "TOBAN_LEDGER_URL": postgres.urls["toban_ledger"],
        "TOBAN_PAGERDUTY_WEBHOOK_SECRET": secret,
        "AIRFLOW_CONN_PAGERDUTY_DEFAULT": _connection("bench", urls[0]),
        "AIRFLOW_CONN_SLACK_API_DEFAULT": _connection("xoxb-bench", f"{urls[1]}/api/"),
    }


def _connection(token: str, address: str) -> str:
    return json.dumps({"conn_type": "generic", "host": address, "password": token})


def _subscribe(pagerduty_url: str, url: str) -> dict[str, Any]:
    body = {
        "webhook_subscription": {
            "type": "webhook_subscription",
            "delivery_method": {"type": "http_delivery_method", "url": url},
            "events": EVENTS,
            "filter": {"type": "account_reference"},
        }
    }
    headers = {"Authorization": "Token token=bench"}
    answer = httpx.post(f"{pagerduty_url}/webhook_subscriptions", json=body, headers=headers)
    found: dict[str, Any] = answer.raise_for_status().json()["webhook_subscription"]
    return found


def _free_port() -> int:
    with socket.create_server((LOOPBACK, 0)) as listener:
        return int(listener.getsockname()[1])

"""Waking through Airflow's REST API, against a small app that answers as Airflow 3.3 does."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi import FastAPI, HTTPException, Request, Response

from sandbox_server import running
from toban.clients.airflow_api import AirflowRuns
from toban.errors import AirflowError

LOGIN = {"username": "toban", "password": "hush-hush"}


@dataclass
class Airflow:
    """Its state, and how often somebody logged in."""

    url: str = ""
    dag: dict[str, Any] = field(
        default_factory=lambda: {"is_paused": False, "is_stale": False, "has_import_errors": False}
    )
    runs: dict[str, str] = field(default_factory=dict)
    tokens: int = 0
    may_trigger: bool = True
    logins: int = 0

    def expire(self) -> None:
        """As a restart with a new key does."""
        self.tokens += 1

    def wake_dag(self, password: str = LOGIN["password"], dag_id: str = "alerts", **more: Any) -> AirflowRuns:
        return AirflowRuns(self.url + "/", LOGIN["username"], password, dag_id, **more)


def check(airflow: Airflow, request: Request) -> None:
    """Whether the token is the present one, and may do that."""
    if request.headers.get("authorization") != f"Bearer token-{airflow.tokens}":
        raise HTTPException(401)
    if request.method == "POST" and not airflow.may_trigger:
        raise HTTPException(403)


def app_of(airflow: Airflow) -> FastAPI:
    app = FastAPI()

    @app.post("/auth/token", status_code=201)
    async def login(request: Request) -> dict[str, str]:
        if await request.json() != LOGIN:
            raise HTTPException(401)
        airflow.logins += 1
        return {"access_token": f"token-{airflow.tokens}"}

    @app.get("/api/v2/dags/{dag_id}")
    def dag(request: Request, dag_id: str) -> dict[str, Any]:
        check(airflow, request)
        if dag_id != "alerts":
            raise HTTPException(404)
        return airflow.dag

    @app.get("/api/v2/dags/{dag_id}/dagRuns")
    def runs(request: Request, state: str, limit: int, run_after_lte: str) -> dict[str, Any]:
        check(airflow, request)
        assert run_after_lte.endswith("+00:00")
        return {"dag_runs": [{"dag_run_id": r} for r, s in airflow.runs.items() if s == state][:limit]}

    @app.post("/api/v2/dags/{dag_id}/dagRuns")
    async def trigger(request: Request) -> Response:
        check(airflow, request)
        body = await request.json()
        assert body["logical_date"] is None
        if body["dag_run_id"] in airflow.runs:
            raise HTTPException(409)
        airflow.runs[body["dag_run_id"]] = "queued"
        return Response(b"{}", media_type="application/json")

    return app


@pytest.fixture
def airflow() -> Iterator[Airflow]:
    made = Airflow()
    with running(app_of(made)) as made.url:
        yield made


def test_a_run_is_queued_and_then_seen(airflow: Airflow) -> None:
    runs = airflow.wake_dag()
    assert runs.look() == "none"
    assert runs.create("webhook__1_0")
    assert runs.look() == "queued"
    assert airflow.logins == 1


def test_a_taken_id_is_said(airflow: Airflow) -> None:
    airflow.runs["webhook__1_0"] = "running"
    runs = airflow.wake_dag()
    assert runs.look() == "none", "a running run does not wait"
    assert not runs.create("webhook__1_0")


@pytest.mark.parametrize("flag", ["is_paused", "is_stale", "has_import_errors"])
def test_a_dag_that_will_not_run_is_unfit(airflow: Airflow, flag: str) -> None:
    airflow.dag[flag] = True
    assert airflow.wake_dag().look() == "unfit"


def test_an_unknown_dag_is_unfit(airflow: Airflow) -> None:
    assert airflow.wake_dag(dag_id="elsewhere").look() == "unfit"


def test_a_token_that_is_refused_is_renewed_once(airflow: Airflow) -> None:
    runs = airflow.wake_dag()
    runs.look()
    airflow.expire()
    assert runs.look() == "none"
    assert airflow.logins == 2


def test_a_wrong_password_is_one_sentence_without_it(airflow: Airflow) -> None:
    with pytest.raises(AirflowError, match=r"refused the login \(401\).*TOBAN_AIRFLOW_PASSWORD") as error:
        airflow.wake_dag(password="wrong-hush").look()
    assert "hush" not in str(error.value)


def test_a_user_who_may_not_trigger_is_one_sentence(airflow: Airflow) -> None:
    airflow.may_trigger = False
    with pytest.raises(AirflowError, match=r"\(403\).*may trigger DAGs"):
        airflow.wake_dag().create("webhook__1_0")


def test_an_airflow_that_is_away_is_one_sentence() -> None:
    with pytest.raises(AirflowError, match=r"does not answer at http://127\.0\.0\.1:1 \(ConnectError\)"):
        AirflowRuns("http://127.0.0.1:1", "toban", "x", "alerts").look()


def test_a_page_in_place_of_an_answer_is_one_sentence() -> None:
    app = FastAPI()

    @app.post("/auth/token")
    def page() -> Response:
        return Response("<html>", media_type="text/html")

    with running(app) as url, pytest.raises(AirflowError, match="with 200 and nothing useful"):
        AirflowRuns(url, "toban", "x", "alerts").look()

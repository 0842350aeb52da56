"""Every page of the real app: closed to strangers, persons' pages to the lowest role, open to the others."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from insights_app import app_of, browser
from installation import Installation
from toban.wiring import build, insights, runs

ABOUT_PERSONS = {"/responders", "/responders.csv", "/responders.png", "/load", "/load.csv", "/load.png"}


@pytest.fixture
def app(toban: Installation) -> FastAPI:
    assert toban.settings.exists()
    runs.sync_incidents()
    return app_of(insights.sections(build.settings()))


def addresses(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Method and path of every route, what stands in braces filled in."""
    for route in app.routes:
        assert isinstance(route, APIRoute), f"{route} is no route that the walk knows"
        for method in sorted(route.methods):
            yield method, re.sub(r"\{[^}]+\}", "x", route.path)


def test_the_walk(app: FastAPI) -> None:
    walked = list(addresses(app))
    assert len(walked) > 15
    statuses = {
        user: {
            path: browser(app, user, origin="http://airflow.example").request(method, path).status_code
            for method, path in walked
        }
        for user in (None, "viewer", "lead")
    }
    assert set(statuses[None].values()) == {401}
    assert {path for path, status in statuses["viewer"].items() if status == 403} == ABOUT_PERSONS
    for user in ("viewer", "lead"):
        refused = {path: status for path, status in statuses[user].items() if status not in {200, 403}}
        assert refused == {
            "/static/x/x": 404, "/incidents/x": 404, "/incidents/x/thread": 404,
            "/incidents/x/x.csv": 400, "/incidents/x/x.png": 400, "/on-call.png": 400,  # which one?
            "/console/run": 400, "/console/csv": 400, "/console/parquet": 400,  # nothing is asked
        }, user  # fmt: skip
    assert {statuses["lead"][path] for path in ABOUT_PERSONS} == {200}


def test_a_lead_sees_who_was_called_and_a_viewer_does_not(app: FastAPI) -> None:
    page = browser(app).get("/incidents?period=28d").text
    first = re.search(r'<td class="title"><a href="([^"]+)"', page)
    assert first
    told = {user: browser(app, user).get(first[1].replace("&amp;", "&")).text for user in ("viewer", "lead")}
    assert "Who was called" in told["lead"]
    assert "Who was called" not in told["viewer"]


def test_the_api_server_reads_verdicts_without_the_libraries_that_training_needs() -> None:
    code = "import sys, toban.wiring.insights; print({'numpy', 'pandas'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "set()\n"

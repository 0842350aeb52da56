"""A real service desk's year, through HTTP into the warehouse, against pandas over the same file."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pandas as pd
import pytest

from sandbox_server import running
from shared_data import shared_path
from toban.clients.pagerduty import PagerDuty
from toban.clients.warehouse import Warehouse, metrics
from toban.jobs.sync_incidents import sync_incidents
from toban.jobs.sync_runs import SyncResult
from toban.sandbox.history import load_history
from toban.sandbox.pagerduty import World
from toban.sandbox.pagerduty.app import create_app

pytestmark = pytest.mark.soak
BEGIN, END = datetime(2016, 1, 1, tzinfo=UTC), datetime(2017, 6, 1, tzinfo=UTC)
QUANTILES = {"p50": 0.5, "p90": 0.9, "p95": 0.95}


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    program = shared_path("data/incident_log/to_pagerduty.py")
    path = tmp_path_factory.mktemp("real") / "history.jsonl"
    with path.open("wb") as file:
        subprocess.run([sys.executable, str(program)], stdout=file, check=True)
    return path


@pytest.fixture(scope="module")
def synced(history: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[SyncResult, Path]:
    directory = tmp_path_factory.mktemp("warehouse")
    past = load_history(history)
    app = create_app(World.from_history(past.directory, past.items), requests_per_minute=None, ticking=False)
    with running(app) as url:
        now = datetime.now(UTC)
        result = sync_incidents(PagerDuty("token", url), Warehouse(directory), now, since=BEGIN, until=END)
    return result, directory


@pytest.fixture(scope="module")
def expected(history: Path) -> pd.DataFrame:
    """One row per incident, worked out from the file with nothing of Toban."""
    return pd.DataFrame(_row(orjson.loads(line)) for line in history.read_bytes().splitlines())


def _row(item: dict[str, Any]) -> dict[str, Any]:
    incident = item["incident"]
    begun = pd.Timestamp(incident["created_at"])
    acks = [
        pd.Timestamp(e["created_at"]) for e in item["log_entries"] if e["type"] == "acknowledge_log_entry"
    ]
    ends = pd.Timestamp(incident["resolved_at"]) if incident["resolved_at"] else None
    return {
        "service": incident["service"]["summary"],
        "bucket": (begun - pd.Timedelta(days=begun.weekday())).date(),
        "mtta": (pd.Timestamp(min(acks)) - begun).total_seconds() if acks else None,
        "mttr": (ends - begun).total_seconds() if ends else None,
    }


def test_every_incident_and_entry_arrives(synced: tuple[SyncResult, Path]) -> None:
    result, _ = synced
    assert (result.incidents, result.log_entries) == (20_768, 91_789)
    assert result.api_calls <= 91_789 / 100 * 1.1 + 5 + 5 + 20


def test_the_whole_years_figures_are_those_of_the_source(synced: tuple[SyncResult, Path]) -> None:
    with Warehouse(synced[1]).read() as snapshot:
        (told,) = metrics(snapshot, by=())
    assert told["incidents"] == 20_768
    assert told["acknowledged"] == 14_166
    assert round(told["mtta_mean_s"] / 60, 1) == 2288.6
    assert round(told["mtta_p50_s"] / 60, 1) == 18.5


def test_each_week_and_service_agrees_with_pandas_to_the_second(
    synced: tuple[SyncResult, Path], expected: pd.DataFrame
) -> None:
    with Warehouse(synced[1]).read() as snapshot:
        told = metrics(snapshot, ["week", "service"], time_zone="UTC")
    groups = dict(list(expected.groupby(["bucket", "service"])))
    assert len(told) == len(groups) > 300
    for row in told:
        rows = groups[row["bucket"], row["service"]]
        assert row["incidents"] == len(rows)
        assert row["acknowledged"] == rows["mtta"].count()
        assert row["resolved"] == rows["mttr"].count()
        _agree(row, rows)


def _agree(row: dict[str, Any], rows: pd.DataFrame) -> None:
    for measure in ("mtta", "mttr"):
        times = rows[measure].dropna()
        wanted = {"mean": times.mean()} | {name: times.quantile(q) for name, q in QUANTILES.items()}
        for name, value in wanted.items():
            told = row[f"{measure}_{name}_s"]
            assert (told is None) == times.empty
            assert told is None or told == pytest.approx(value, abs=0.001)

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner

from toban.cli import main
from toban.clients.warehouse import Warehouse
from waiting import wait_until
from warehouse_data import fill_a_little


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    directory = tmp_path_factory.mktemp("warehouse")
    with Warehouse(directory).write() as writer:
        fill_a_little(writer, 4)
        writer.rebuild_models()
        writer.publish()
    return directory


@pytest.fixture(scope="module")
def toban(directory):
    def toban(*arguments):
        return CliRunner().invoke(main, ["sql", *arguments, "--warehouse", str(directory)])

    return toban


def test_json_keeps_moments_lists_and_nothing(toban):
    columns = "incident_id, created_at, team_ids, priority_name, 1.5 as half"
    query = f"select {columns} from incident_facts order by 1 offset 1 limit 1"
    result = toban(query, "--format", "json")
    assert json.loads(result.stdout) == [
        {
            "incident_id": "Q1",
            "created_at": "2026-03-02T23:00:00Z",
            "team_ids": ["T1"],
            "priority_name": None,
            "half": 1.5,
        }
    ]


def test_csv_is_for_programs(toban):
    result = toban(
        "select incident_id, created_at, priority_name from incident_facts order by 1 limit 2",
        "--format",
        "csv",
    )
    assert result.stdout == (
        "incident_id,created_at,priority_name\nQ0,2026-03-02T12:00:00Z,P1\nQ1,2026-03-02T23:00:00Z,\n"
    )


def test_a_query_may_begin_with_a_comment_as_the_examples_do(toban):
    query = "-- How many are there?\n-- 何件か\nselect count(*) = 4 as four from incident_facts"
    assert toban(query, "--format", "csv").stdout == "four\ntrue\n"


def test_a_dash_reads_the_query_from_standard_input(directory):
    arguments = ["sql", "-", "--warehouse", str(directory), "--format", "csv"]
    assert CliRunner().invoke(main, arguments, input="-- one\nselect 1 as one").stdout == "one\n1\n"


def test_an_option_that_does_not_exist_is_still_refused(toban):
    assert toban("select 1", "--formt", "json").exit_code == 2


def test_a_table_is_for_people(toban):
    assert "mail" in toban("select distinct service from incident_facts").stdout


def test_models_of_persons_are_only_in_the_restricted_snapshot(toban):
    query = "select sum(incidents) as n from responder_weekly"
    assert toban(query).exit_code == 1
    assert json.loads(toban(query, "--restricted", "--format", "json").stdout) == [{"n": 8}]


@pytest.mark.parametrize("query", ["drop table incidents", "select * from nowhere", "select 1; select 2"])
def test_a_refusal_is_one_sentence_and_exit_code_1(toban, query):
    result = toban(query)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("toban: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "query",
    [
        "select count(*) from range(10000000) a, range(1000000000) b",
        "select sum(levenshtein(repeat('a', 200000), repeat('b', 200000)))",  # does not heed an interrupt
    ],
)
def test_ctrl_c_ends_a_query_without_end(directory, query):
    arguments = [sys.executable, "-m", "toban", "sql", query, "--warehouse", str(directory)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True, env=environment) as process:
        wait_until(lambda: _reads_in(directory, process.pid))
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1)
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(20) == -signal.SIGINT
        finally:
            process.kill()
        assert process.stderr.read() == ""


def _reads_in(directory: Path, pid: int) -> bool:
    return any(Path(file.path).is_relative_to(directory) for file in psutil.Process(pid).open_files())

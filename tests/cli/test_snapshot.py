import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from toban.cli import main
from toban.clients.warehouse import Warehouse
from warehouse_data import fill_a_little

DUCKDB = Path(sys.executable).parent / "duckdb"


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    directory = tmp_path_factory.mktemp("warehouse")
    with Warehouse(directory).write() as writer:
        fill_a_little(writer, 4)
        writer.rebuild_models()
        writer.publish()
    return directory


def path_of(directory, *options):
    result = CliRunner().invoke(main, ["snapshot", "--warehouse", str(directory), *options])
    return result.stdout.removesuffix("\n")


def test_it_prints_the_general_snapshots_path_and_nothing_else(directory):
    assert path_of(directory) == str(directory / "snapshots" / "snapshot_1.duckdb")


def test_restricted_is_the_one_with_persons(directory):
    assert path_of(directory, "--restricted") == str(directory / "restricted" / "snapshot_1.duckdb")


def test_the_path_is_absolute_also_where_the_warehouse_is_named_relatively(directory, monkeypatch):
    monkeypatch.chdir(directory.parent)
    assert path_of(directory.name) == str(directory / "snapshots" / "snapshot_1.duckdb")


def test_before_the_first_publication_nothing_is_printed_and_a_sentence_says_why(tmp_path):
    result = CliRunner().invoke(main, ["snapshot", "--warehouse", str(tmp_path)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("toban: Nothing has been published")


def test_duckdbs_own_command_line_reads_it_and_cannot_write(directory):
    def shell(query):
        arguments = [DUCKDB, "-readonly", "-json", path_of(directory), query]
        return subprocess.run(arguments, capture_output=True, text=True, check=False)

    assert json.loads(shell("select count(*) as n from reported_incidents").stdout) == [{"n": 4}]
    refused = shell("delete from incidents")
    assert refused.returncode == 1
    assert "read-only" in refused.stderr

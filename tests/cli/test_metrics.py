import csv
import io
import json

import pytest
from click.testing import CliRunner

from toban.cli import main
from toban.clients.warehouse import Warehouse
from warehouse_data import fill_a_little


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    directory = tmp_path_factory.mktemp("warehouse")
    with Warehouse(directory).write() as writer:
        fill_a_little(writer)
        writer.rebuild_models()
        writer.publish()
    return directory


@pytest.fixture
def toban(directory, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TOBAN_SETTINGS", raising=False)
    monkeypatch.delenv("TOBAN_WAREHOUSE", raising=False)

    def toban(*arguments):
        return CliRunner().invoke(main, [*arguments, "--warehouse", str(directory)])

    return toban


def test_json_is_a_list_of_objects_with_the_documented_names(toban):
    result = toban(
        "metrics", "--by", "week,service", "--since", "2026-03-02", "--until", "2026-03-08",
        "--timezone", "Asia/Tokyo", "--format", "json",
    )  # fmt: skip
    assert result.exit_code == 0
    mail, shop = json.loads(result.stdout)
    assert list(mail) == [
        "bucket", "service", "incidents", "acknowledged", "resolved",
        "mtta_mean_s", "mtta_p50_s", "mtta_p90_s", "mtta_p95_s",
        "mttr_mean_s", "mttr_p50_s", "mttr_p90_s", "mttr_p95_s",
    ]  # fmt: skip
    assert (mail["bucket"], mail["service"], mail["incidents"]) == ("2026-03-02", "mail", 7)
    assert (shop["mtta_mean_s"], shop["mttr_p50_s"]) == (406.0, 3600.0)


def test_csv_has_a_header_and_iso_dates(toban):
    result = toban("metrics", "--by", "month", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert (row["bucket"], row["incidents"]) == ("2026-03-01", "40")


def test_an_empty_time_has_the_same_header(toban):
    some, none = (
        toban("metrics", "--by", "service,week", "--since", day, "--format", "csv").stdout.splitlines()
        for day in ("2026-03-02", "2030-01-01")
    )
    assert none == some[:1]


def test_the_table_shows_what_was_left_out(toban):
    result = toban("metrics", "--by", "urgency")
    assert "mtta_p90_s" in result.stdout
    assert "high" in result.stdout


def test_the_reporting_zone_and_week_of_the_settings_are_the_default(toban, tmp_path):
    tmp_path.joinpath("toban.toml").write_text(
        'fallback_channel = "#ops"\nslack.trial_channel = "#trial"\n'
        'reporting = {time_zone = "Asia/Tokyo", week_start = "sunday"}\n'
        '[[teams]]\nid = "web"\nname = "Web"\ntime_zone = "Asia/Tokyo"\nannounce_channel = "#web"\n'
        'escalation_policies = ["E1"]\n'
    )
    result = toban("metrics", "--until", "2026-03-07", "--format", "json")
    assert [row["bucket"] for row in json.loads(result.stdout)] == ["2026-03-01"]


def test_only_takes_several_values_of_one_name(toban):
    result = toban(
        "metrics", "--by", "service", "--only", "service=shop", "--only", "urgency=low", "--format", "json"
    )
    assert [(row["service"], row["incidents"]) for row in json.loads(result.stdout)] == [("shop", 10)]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--by", "year"),
        ("--timezone", "Mars/Olympus"),
        ("--only", "urgency"),
        ("--only", "colour=red"),
        ("--since", "yesterday"),
        ("--since", "2026-03-08", "--until", "2026-03-07"),
        ("--timezone", "localtime"),
        ("--format", "xml"),
    ],
)
def test_wrong_usage_ends_with_2(toban, arguments):
    assert toban("metrics", *arguments).exit_code == 2


def test_without_a_snapshot_the_command_fails_in_one_sentence(tmp_path):
    result = CliRunner().invoke(main, ["metrics", "--warehouse", str(tmp_path)])
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "toban sync" in result.stderr

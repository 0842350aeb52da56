import pytest
from click.testing import CliRunner

from report_warehouse import fill
from toban.cli import main
from toban.clients.warehouse import Warehouse

SETTINGS = """
fallback_channel = "#ops"
slack.trial_channel = "#trial"
warehouse.directory = "{directory}"

[[teams]]
id = "pay"
name = "Payments"
time_zone = "Asia/Tokyo"
mode = "announce"
announce_channel = "#pay"
people_channel = "#pay-people"
services = ["S1"]
escalation_policies = ["E1"]
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    with Warehouse(home / "warehouse").write() as writer:
        fill(writer)
    path = home / "toban.toml"
    path.write_text(SETTINGS.format(directory=home / "warehouse"), encoding="utf-8")
    return path


def run(settings, *options):
    return CliRunner().invoke(main, ["report", "weekly", *options], env={"TOBAN_SETTINGS": str(settings)})


def test_a_dry_run_prints_the_message_its_thread_and_the_chart_in_words_and_needs_no_slack(settings):
    result = run(settings, "--team", "pay", "--week", "2026-W47", "--dry-run")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("weekly:pay:2026-11-16 -> #pay\n")
    assert "*The figures*" in result.output
    assert "[MTTA and incidents by week." in result.output
    assert "• Aiko:" in result.output


def test_a_day_and_its_iso_week_name_the_same_report(settings):
    by_week, by_day = (
        run(settings, "--team", "pay", "--week", week, "--dry-run").output
        for week in ("2026-W47", "2026-11-18")
    )
    assert by_week.splitlines()[0] == by_day.splitlines()[0]


def test_the_chart_can_be_written_to_a_file(settings, tmp_path):
    run(settings, "--team", "pay", "--week", "2026-W47", "--dry-run", "--chart", str(tmp_path / "chart.png"))
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--team", "pay", "--week", "46"), "'46' names no week"),
        (("--team", "shop", "--dry-run"), "There is no team 'shop'"),
        (("--team", "pay", "--dry-run", "--correct"), "give one of them"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_two(settings, options, words):
    result = run(settings, *options)
    assert result.exit_code == 2
    assert words in result.output
    assert len(result.output.splitlines()) == 1

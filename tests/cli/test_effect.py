import csv
import io
import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from effect_samples import SINCE
from toban.cli import main
from toban.clients.warehouse import Warehouse

TOKYO = ZoneInfo("Asia/Tokyo")
START = datetime.combine(SINCE, datetime.min.time(), TOKYO)
SETTINGS = """
fallback_channel = "#ops"
slack.trial_channel = "#trial"
reporting = {{time_zone = "Asia/Tokyo"{since}}}
[[teams]]
id = "web"
name = "Web"
time_zone = "Asia/Tokyo"
announce_channel = "#web"
escalation_policies = ["E1"]
services = ["S1"]
calling = {{remind_minutes = [5, 9]}}
"""


def incident(n, begun, seconds, service):
    """One incident, acknowledged after so many seconds, or never and resolved after an hour."""
    made = {
        "id": f"Q{n}",
        "status": "resolved",
        "urgency": "high",
        "created_at": begun,
        "updated_at": begun,
        "resolved_at": begun + timedelta(hours=1),
        "service_id": service,
    }
    told = [("trigger", 0), *([("acknowledge", seconds)] if seconds else []), ("resolve", 3600)]
    entries = [
        {
            "id": f"R{n}_{kind}",
            "incident_id": f"Q{n}",
            "type": kind,
            "created_at": begun + timedelta(seconds=after),
            "agent_type": "user",
            "agent_id": "U1",
        }
        for kind, after in told
    ]
    return made, entries


def history():
    """40 days on each side of the day, at the same hour: the shop's wait falls by 400 s, the mail's stays.

    Every fourth is acknowledged within the first three minutes and not compared; every fifth never at all.
    """
    for n in range(-40, 40):
        for service, pace in (("S1", 800 if n < 0 else 400), ("S2", 600)):
            seconds = 100 if n % 4 == 0 else None if n % 5 == 0 else pace + n % 7
            yield incident(f"{service}_{n}", START + timedelta(days=n, hours=11), seconds, service)


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    directory = tmp_path_factory.mktemp("warehouse")
    made = list(history())
    with Warehouse(directory).write() as writer:
        writer.merge("services", [{"id": "S1", "name": "shop"}, {"id": "S2", "name": "mail"}])
        writer.merge("incidents", [one for one, _ in made])
        writer.merge("log_entries", [entry for _, entries in made for entry in entries])
        writer.rebuild_models()
        writer.publish()
    return directory


@pytest.fixture
def toban(directory, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("TOBAN_SETTINGS", "TOBAN_WAREHOUSE"):
        monkeypatch.delenv(name, raising=False)

    def toban(*arguments):
        return CliRunner().invoke(main, ["effect", *arguments, "--warehouse", str(directory)])

    return toban


def answer(result):
    assert result.exit_code == 0, result.output
    return {row["period"]: row for row in json.loads(result.stdout)}


def test_json_tells_both_sides_and_the_change_with_its_interval(toban):
    rows = answer(toban("--since", "2026-07-01", "--minute", "3", "--service", "shop", "--format", "json"))
    before, since, change = rows["before"], rows["since"], rows["change"]
    assert list(before) == [
        "period", "n", "acknowledged", "resolved_unacknowledged", "still_open", "without_a_like",
        "median_further_s", "median_low_s", "median_high_s",
        "share_within_300_s", "share_low", "share_high", "verdict",
    ]  # fmt: skip
    assert (before["n"], before["acknowledged"], before["resolved_unacknowledged"]) == (30, 24, 6)
    assert (since["n"], since["still_open"], since["without_a_like"]) == (30, 0, 0)
    assert (before["median_further_s"], since["median_further_s"]) == (624, 224)
    assert (before["share_within_300_s"], since["share_within_300_s"]) == (0, pytest.approx(0.8))
    assert change["median_further_s"] == -400
    assert -406 <= change["median_low_s"] <= -400 <= change["median_high_s"] <= -394
    assert change["verdict"] == "faster"


def test_what_did_not_change_is_unclear(toban):
    rows = answer(toban("--since", "2026-07-01", "--service", "S2", "--format", "json"))
    assert rows["change"]["verdict"] == "unclear"
    assert rows["change"]["median_low_s"] <= 0 <= rows["change"]["median_high_s"]


def test_too_few_give_no_difference(toban):
    rows = answer(toban("--since", "2026-08-08", "--service", "shop", "--format", "json"))
    assert rows["since"]["n"] < 30
    change = rows["change"]
    assert change.pop("verdict") == "too few"
    assert {value for name, value in change.items() if name != "period"} == {None}


def test_an_unknown_service_has_too_few(toban):
    rows = answer(toban("--since", "2026-07-01", "--service", "nothing", "--format", "json"))
    assert (rows["before"]["n"], rows["since"]["n"], rows["change"]["verdict"]) == (0, 0, "too few")


def test_csv_has_a_header_and_three_rows(toban):
    result = toban("--since", "2026-07-01", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["period"] for row in rows] == ["before", "since", "change"]


def test_the_table_ends_with_the_sentence(toban):
    result = toban("--since", "2026-07-01", "--service", "shop")
    assert result.stdout.splitlines()[-1].startswith(
        "Among incidents still unacknowledged after 3 min, the median further wait fell from "
        "10 min 24 s to 3 min 44 s since 2026-07-01 (95% interval"
    )


def test_the_settings_give_the_day_and_the_team_its_minute_and_its_services(toban, tmp_path):
    tmp_path.joinpath("toban.toml").write_text(SETTINGS.format(since=", improvements_since = 2026-07-01"))
    result = toban("--team", "web")
    assert "after 5 min, the median further wait fell from 8 min 24 s to 1 min 44 s" in result.stdout
    assert "n 30 and 30" in result.stdout


@pytest.mark.parametrize(("day", "more"), [("2026-07-02", 0), ("2026-07-03", 2), ("2026-07-04", 4)])
def test_what_began_on_the_day_itself_is_since_it(toban, day, more):
    """Each day has an incident of either service; those of 1 July were acknowledged before minute 3."""
    first, later = (
        answer(toban("--since", each, "--format", "json"))["before"]["n"] for each in ("2026-07-01", day)
    )
    assert later - first == more


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        ((), 2, "--since"),
        (("--since", "yesterday"), 2, "yesterday"),
        (("--since", "2026-07-01", "--minute", "0"), 2, "--minute"),
        (("--since", "2026-07-01", "--team", "web"), 2, "toban.toml"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence(toban, arguments, code, why):
    result = toban(*arguments)
    assert result.exit_code == code
    assert why in result.stderr


def test_settings_without_the_day_ask_for_it(toban, tmp_path):
    tmp_path.joinpath("toban.toml").write_text(SETTINGS.format(since=""))
    result = toban()
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "improvements_since" in result.stderr


def test_a_team_that_is_not_known_is_refused_by_name(toban, tmp_path):
    tmp_path.joinpath("toban.toml").write_text(SETTINGS.format(since=", improvements_since = 2026-07-01"))
    result = toban("--team", "nobody")
    assert result.exit_code == 2
    assert "'nobody'" in result.stderr

"""`toban labour` by hand: corrections, answers given elsewhere, and closing a month."""

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from labour_warehouse import add, shift
from toban.cli import main
from toban.clients.warehouse import Warehouse

SETTINGS = """
fallback_channel = "#ops"

[[teams]]
id = "pay"
name = "Payments"
time_zone = "Asia/Tokyo"
announce_channel = "#pay"
mode = "announce"
services = ["S1"]
escalation_policies = ["E1"]
labour = { preset = "japan" }
"""
CORRECTION = (
    "call_out,verdict,by,at,why,from,until\nU1:20261124T160000Z,change,Ben,2026-11-26T10:00,slept,{}\n"
)


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, warehouse = tmp_path / "toban.toml", tmp_path / "warehouse"
    settings.write_text(SETTINGS, encoding="utf-8")
    monkeypatch.setenv("TOBAN_SETTINGS", str(settings))
    monkeypatch.setenv("TOBAN_LEDGER_URL", f"sqlite:///{tmp_path / 'ledger.db'}")
    monkeypatch.setenv("TOBAN_WAREHOUSE", str(warehouse))
    with Warehouse(warehouse).write() as writer:
        writer.merge("users", [{"id": "U1", "name": "Aiko"}])
        writer.merge("services", [{"id": "S1", "name": "shop"}])
        writer.merge("escalation_policies", [{"id": "E1", "name": "shop on-call"}])
        writer.merge("oncall_shifts", [shift("U1", "2026-11-25T00:00", "2026-11-26T00:00")])
        add(writer, "Q1", "S1", "disk", [
            ("notify", "2026-11-25T01:00:00", {"user_id": "U1", "notification_type": "phone"}),
            ("resolve", "2026-11-25T01:30:00", {"agent_type": "user", "agent_id": "U1"}),
        ])  # fmt: skip
        writer.set_state("covered_since", "2026-09-01T00:00:00+00:00")
        writer.set_state("shifts", '[["2026-09-01T00:00:00+00:00", "2027-03-01T00:00:00+00:00"]]')
        writer.set_state("synced_until", "2026-12-01T00:00:00+00:00")
        writer.rebuild_models()
        writer.publish()


def labour(command: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["labour", command, "--team", "pay", *arguments])


def month(tmp_path: Path) -> dict[str, object]:
    file = tmp_path / "m.xlsx"
    assert labour("report", "--month", "2026-11", "--excel", str(file)).exit_code == 0
    headings, *rows = openpyxl.load_workbook(file)["Month"].values
    return dict(zip(headings, rows[0], strict=True))


def test_a_month_is_corrected_confirmed_and_closed(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    file.write_text(CORRECTION.format("2026-11-25T01:00,2026-11-25T01:20"), encoding="utf-8")
    for said in ("1 corrections kept, 0 were known.\n", "0 corrections kept, 1 were known.\n"):
        assert labour("correct", str(file)).stdout == said
    assert (
        labour("confirm", "--month", "2026-11", "--person", "U1", "--by", "Aiko, by mail").stdout == "Kept.\n"
    )
    assert (month(tmp_path)["Response minutes"], month(tmp_path)["Confirmation state"]) == (20, "corrected")
    assert labour("close", "--month", "2026-11", "--by", "Ben").stdout == "2026-11 is closed.\n"
    file.write_text(CORRECTION.format("2026-11-25T01:00,2026-11-25T01:10").replace("T10:00", "T11:00"))
    assert labour("correct", str(file)).exit_code == 0
    assert month(tmp_path)["Response minutes"] == 20, "a closed month stays"


def test_what_a_person_says_is_wrong_keeps_the_month_open(tmp_path: Path) -> None:
    said = labour("confirm", "--month", "2026-11", "--person", "U1", "--by", "Aiko", "--wrong", "I slept")
    assert said.exit_code == 0
    assert month(tmp_path)["Confirmation state"] == "open (unconfirmed)"


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (
            ["confirm", "--month", "2026-11", "--person", "U9", "--by", "x"],
            2,
            "'U9' has no figures in 2026-11",
        ),
        (["close", "--month", "2026-12", "--by", "x"], 1, "The month 2026-12 ends at 2027-01-01 00:00+09:00"),
        (["report", "--month", "11", "--csv", "x.csv"], 2, "'11' is no month such as 2026-11"),
        (["report", "--month", "2026-11", "--csv", "/nowhere/x.csv"], 2, "/nowhere/x.csv cannot be written"),
        (["correct", "none.csv"], 2, "none.csv cannot be read"),
    ],
)
def test_a_wrong_call_is_one_sentence(arguments: list[str], code: int, sentence: str) -> None:
    result = labour(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


def test_a_month_is_closed_once() -> None:
    assert labour("close", "--month", "2026-11", "--by", "Ben").exit_code == 0
    again = labour("close", "--month", "2026-11", "--by", "Ben")
    assert (again.exit_code, "was closed before" in again.stderr) == (2, True)


def test_who_asks_for_a_month_that_is_not_whole_is_told_so(tmp_path: Path) -> None:
    found = labour("report", "--month", "2026-12", "--csv", str(tmp_path / "m.csv"))
    assert found.exit_code == 0
    assert "Not the whole month: The month 2026-12 ends at" in found.stderr


def test_in_observe_nobody_is_told() -> None:
    said = labour("post", "--month", "2026-11")
    assert (said.exit_code, said.stdout) == (
        0,
        "Nobody was told: the team's mode is observe, or it has no people_channel.\n",
    )

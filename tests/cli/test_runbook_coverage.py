"""`toban runbooks coverage`, as it is typed."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from clients.ledger.alert_rows import thread
from runbook_samples import text as runbook_text
from toban.cli import main
from toban.clients.ledger import Ledger
from toban.domain.presses.nouns import Action, Outcome, Press
from triage_samples import NOW, history_of

DAYS = str((datetime.now(UTC) - NOW) // timedelta(days=1) + 30)  # all of the history


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    directory = tmp_path_factory.mktemp("warehouse")
    history_of(directory)
    return directory


@pytest.fixture
def toban(tmp_path, monkeypatch, directory):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TOBAN_SETTINGS", raising=False)
    monkeypatch.setenv("TOBAN_WAREHOUSE", str(directory))
    monkeypatch.setenv("TOBAN_LEDGER_URL", f"sqlite:///{tmp_path}/ledger.db")
    (tmp_path / "runbooks").mkdir()
    (tmp_path / "runbooks" / "disk-full.md").write_text(runbook_text())
    (tmp_path / "runbooks" / "tape.md").write_text(runbook_text(title="Tape", keywords="tape"))
    return lambda *arguments: CliRunner().invoke(main, ["runbooks", "coverage", *arguments])


def test_what_is_missing_and_unused_by_what_fired(toban):
    result = toban("--days", DAYS, "--format", "json")
    missing, unused = json.loads(result.stdout)
    assert missing == {
        "kind": "missing", "name": "Queue of <name> is long: <n>%", "services": ["shop", "mail"],
        "incidents": 200, "night_calls": 0, "helped": 0, "wrong": 0, "reviewed": None,
    }  # fmt: skip
    assert (unused["kind"], unused["name"], unused["reviewed"]) == ("unused", "tape", "2026-11-01")


def test_what_people_said_is_read_from_the_ledger(toban, tmp_path):
    ledger, now = Ledger(f"sqlite:///{tmp_path}/ledger.db"), datetime.now(UTC)
    ledger.migrate()
    ledger.threads.save([thread(1, runbook_id="disk-full")], now=now)
    press = Press("wrong:Q1:U1", "Q1", Action.WRONG, "U1", "T1", None, now)
    ledger.presses.record(press)
    ledger.presses.finish(press, Outcome.DONE, incident_id="Q1", now=now)
    rows = json.loads(toban("--days", DAYS, "--format", "json").stdout)
    wrong = [row for row in rows if row["kind"] == "wrong"]
    assert [(row["name"], row["wrong"], row["incidents"]) for row in wrong] == [("disk-full", 1, 200)]


def test_as_a_table_and_as_csv(toban):
    assert "Queue of <name> is long: <n>%" in toban("--days", DAYS).stdout
    csv = toban("--days", DAYS, "--format", "csv").stdout.splitlines()
    assert csv[0] == "kind,name,services,incidents,night_calls,helped,wrong,reviewed"
    assert len(csv) == 3


def test_without_a_ledger_it_says_what_to_set(toban, monkeypatch):
    monkeypatch.delenv("TOBAN_LEDGER_URL")
    result = toban()
    assert (result.exit_code, "TOBAN_LEDGER_URL" in result.stderr) == (2, True)

"""`toban backup` and `toban restore` as somebody types them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from backups import Place, fill
from toban.cli import main


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("TOBAN_SETTINGS", "AIRFLOW_HOME", "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TOBAN_WAREHOUSE", "warehouse")
    monkeypatch.setenv("TOBAN_LEDGER_URL", f"sqlite:///{tmp_path / 'ledger.db'}")


@pytest.fixture
def here(tmp_path: Path) -> Place:
    place = Place(f"sqlite:///{tmp_path / 'ledger.db'}", tmp_path / "warehouse")
    fill(place, incidents=2)
    return place


def toban(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_a_backup_and_its_restoration_say_in_a_sentence_what_they_did(here: Place) -> None:
    made = toban("backup", "toban.tar.gz")
    assert made.exit_code == 0, made.output
    rows = sum(map(len, here.rows().values()))
    assert made.output.startswith(f"toban.tar.gz holds {rows} rows of the ledger and ")
    assert made.output.endswith(" MB).\n")
    done = toban("restore", "toban.tar.gz", "--force")
    assert done.exit_code == 0, done.output
    assert f"UTC: {rows} rows of the ledger; published as snapshot 2." in done.output


@pytest.mark.usefixtures("here")
def test_what_cannot_be_done_is_one_sentence_and_exit_code_1() -> None:
    assert toban("backup", "toban.tar.gz").exit_code == 0
    again = toban("backup", "toban.tar.gz")
    unforced = toban("restore", "toban.tar.gz")
    Path("broken.tar.gz").write_bytes(b"broken")
    broken = toban("restore", "broken.tar.gz", "--force")
    for refused, words in (
        (again, "is there already"),
        (unforced, "restore with --force"),
        (broken, "broken.tar.gz is no whole backup"),
    ):
        assert refused.exit_code == 1
        assert refused.output.startswith("toban: ")
        assert words in refused.output
        assert refused.output.count("\n") == 1


def test_without_a_ledger_a_sentence_says_how_to_name_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOBAN_LEDGER_URL")
    refused = toban("backup", "toban.tar.gz")
    assert refused.exit_code == 2
    assert "set TOBAN_LEDGER_URL" in refused.output
    assert not Path("toban.tar.gz").exists()

"""`toban runbooks draft`, as it is typed."""

import pytest
from click.testing import CliRunner

from runbook_samples import text as runbook_text
from toban.cli import main
from triage_samples import history_of

TEXT = "Disk full on web-999: 7%"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    directory = tmp_path_factory.mktemp("warehouse")
    history_of(directory)
    return directory


@pytest.fixture
def toban(tmp_path, monkeypatch, warehouse):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TOBAN_SETTINGS", raising=False)
    monkeypatch.setenv("TOBAN_WAREHOUSE", str(warehouse))
    (tmp_path / "runbooks").mkdir()
    return lambda *arguments: CliRunner().invoke(main, ["runbooks", *arguments])


def test_a_draft_says_what_happened_and_who_noted_what(toban):
    result = toban("draft", "--template", TEXT)
    assert result.exit_code == 0
    assert "It came 200 times from 2026-10-16 to 2026-11-02." in result.stdout
    assert "`#397` (2026-11-02, `Aiko`)\n\n```text\ngrew <!channel> the disk\n```" in result.stdout
    assert "`Aiko` handled it, 2 h" in result.stdout


def test_an_incident_by_its_number_or_id_gives_the_same_draft(toban):
    drafts = {toban("draft", "--incident", each).stdout for each in ("#397", "397", "Q397")}
    assert drafts == {toban("draft", "--template", TEXT).stdout}


def test_a_written_draft_passes_the_check_and_serves_no_alert(toban, tmp_path):
    file = tmp_path / "runbooks" / "disk.md"
    assert toban("draft", "--template", TEXT, "--output", str(file)).exit_code == 0
    checked = toban("check", "--format", "csv")
    assert checked.exit_code == 0
    assert "disk.md,1,warning,draft," in checked.stdout
    assert "No runbook fits" in toban("match", "--text", TEXT, "--service", "shop").stdout
    before = file.read_text()
    again = toban("draft", "--template", TEXT, "--output", str(file))
    assert (again.exit_code, again.stderr.count("\n")) == (2, 1)
    assert file.read_text() == before


def test_a_reviewed_draft_serves(toban, tmp_path):
    file = tmp_path / "runbooks" / "disk.md"
    toban("draft", "--template", TEXT, "--output", str(file))
    file.write_text(file.read_text().replace("draft: true", "owner: platform\nreviewed: 2026-11-01"))
    assert "disk.md" in toban("match", "--text", TEXT, "--service", "shop").stdout
    refused = toban("draft", "--template", TEXT)
    assert (refused.exit_code, "has a runbook already: disk.md" in refused.stderr) == (2, True)


def test_the_nearest_runbook_is_named(toban, tmp_path):
    (tmp_path / "runbooks" / "tape.md").write_text(runbook_text(title="Disk of tapes full", keywords="tape"))
    assert "- `Disk of tapes full` (`tape.md`)" in toban("draft", "--template", TEXT).stdout


def test_japanese_by_option(toban):
    assert "## 対処" in toban("draft", "--template", TEXT, "--language", "ja").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--template", TEXT, "--incident", "1"),
        ("--template", "Never heard of"),
        ("--incident", "nine"),
        ("--incident", ""),
        ("--template", TEXT, "--output", "no/such/folder.md"),
        ("--template", TEXT, "--runbooks", "nowhere"),
    ],
)
def test_what_cannot_be_drafted_is_one_sentence(toban, arguments):
    result = toban("draft", *arguments)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)

"""Runbooks at hand in a process that stays: what changed is read again, what did not is not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from clients.ledger.alert_rows import thread
from runbook_samples import shelf, text
from toban.clients.ledger import Ledger
from toban.clients.runbook_warm import WarmRunbooks
from toban.domain.presses.nouns import Action, Outcome, Press
from toban.errors import LedgerError

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    made.migrate()
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "runbooks"
    made.mkdir()
    shelf(made, disk_full=text())
    return made


@pytest.fixture
def warm(folder: Path, ledger: Ledger) -> WarmRunbooks:
    return WarmRunbooks(folder, lambda: ledger)


def ids(warm: WarmRunbooks) -> list[str]:
    return [each.id for each in warm.shelf().runbooks]


def test_what_did_not_change_is_not_read_again(warm: WarmRunbooks) -> None:
    assert warm.shelf() is warm.shelf()
    first, second = warm.library(NOW), warm.library(NOW)
    assert (first.index, first.memory) == (second.index, second.memory)
    assert first.index is second.index


def test_an_edited_a_new_and_a_removed_file_are_seen_at_once(warm: WarmRunbooks, folder: Path) -> None:
    assert ids(warm) == ["disk-full"]
    before = warm.library(NOW).index
    shelf(folder, tape_torn=text(title="Tape torn", keywords="[tape]"))
    assert ids(warm) == ["disk-full", "tape-torn"]
    assert warm.library(NOW).index is not before
    (folder / "disk-full.md").write_text(text(title="Disk is full"), encoding="utf-8")
    assert warm.shelf().runbooks[0].versions[0].title == "Disk is full"
    (folder / "disk-full.md").unlink()
    assert ids(warm) == ["tape-torn"]


def test_a_new_opinion_is_remembered_at_once(warm: WarmRunbooks, ledger: Ledger) -> None:
    assert warm.library(NOW).memory.confirmed == ()
    ledger.threads.save([thread(1, runbook_id="disk-full")], now=NOW)
    press = Press("k", "Q1", Action.HELPED, "U1", None, None, NOW)
    ledger.presses.record(press)
    ledger.presses.finish(press, Outcome.DONE, incident_id="Q1", now=NOW)
    (confirmed,) = warm.library(NOW).memory.confirmed
    assert (confirmed.runbook, confirmed.helped) == ("disk-full", True)


def test_a_ledger_that_cannot_be_asked_costs_the_opinions_alone(folder: Path) -> None:
    def broken() -> Ledger:
        raise LedgerError("The ledger is gone.")

    library = WarmRunbooks(folder, broken).library(NOW)
    assert [page.id for page in library.index.pages] == ["disk-full"]
    assert library.memory.confirmed == ()


def test_a_directory_that_is_not_there_has_no_runbooks(tmp_path: Path, ledger: Ledger) -> None:
    assert ids(WarmRunbooks(tmp_path / "nowhere", lambda: ledger)) == []

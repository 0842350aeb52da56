"""What a runbook's draft is written from."""

from pathlib import Path

from toban.domain.runbooks.search.finding import Library
from toban.domain.runbooks.search.index import build_index
from toban.domain.runbooks.search.memory import Memory
from toban.jobs.draft_runbook import draft_runbook
from triage_samples import NOW, history_of

NOTHING = Library((), build_index([]), Memory(()))


def test_a_draft_that_became_a_note_is_no_source_of_the_next(tmp_path: Path) -> None:
    warehouse = history_of(tmp_path)
    noted = {"id": "N2", "incident_id": "Q397", "user_name": "Aiko", "created_at": NOW}
    with warehouse.write() as writer:
        writer.merge("notes", [noted | {"content": "> **Draft.** Toban made this from past incidents."}])
        writer.rebuild_models()
        writer.publish()
    with warehouse.read() as snapshot:
        found = draft_runbook(snapshot, "Disk full on <name>: <n>%", NOTHING, NOW, "mount: /data")
    assert [note.text for note in found.past[0].notes] == ["grew <!channel> the disk"]
    assert found.details == "mount: /data"

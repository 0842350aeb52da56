"""Histories as files."""

import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from shared_data import shared_path
from toban.sandbox.history import History, HistoryError, load_history, write_history

INCIDENT = {"id": "Q1", "incident_number": 1, "created_at": "2026-11-01T00:00:00Z", "status": "triggered"}
ENTRY = {"id": "R1", "type": "trigger_log_entry", "created_at": "2026-11-01T00:00:00Z"}
ITEM = {"incident": INCIDENT, "log_entries": [ENTRY]}


def written(tmp_path: Path, *lines: bytes) -> Path:
    path = tmp_path / "history.jsonl"
    path.write_bytes(b"\n".join(lines))
    return path


def test_a_generated_history_is_read_as_it_was_written(tmp_path: Path, year: History) -> None:
    path = tmp_path / "year.jsonl"
    write_history(year, path)
    assert load_history(path) == year


def test_a_history_without_a_directory_has_an_empty_one(tmp_path: Path) -> None:
    history = load_history(written(tmp_path, orjson.dumps(ITEM), b"", orjson.dumps(ITEM)))
    assert history == History({}, [ITEM, ITEM])


def test_japanese_text_survives_the_file(tmp_path: Path) -> None:
    history = History({}, [{"incident": INCIDENT | {"title": "注文API 障害①"}, "log_entries": []}])
    write_history(history, tmp_path / "h.jsonl")
    assert load_history(tmp_path / "h.jsonl").items[0]["incident"]["title"] == "注文API 障害①"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"incident": ', "is no JSON"),
        (b"[1, 2]", "is no JSON object"),
        (b'{"log_entries": []}', 'has no "incident"'),
        (orjson.dumps({"incident": {**INCIDENT, "id": None}, "log_entries": []}), 'an incident without "id"'),
        (
            orjson.dumps({"incident": {**INCIDENT, "incident_number": "1"}, "log_entries": []}),
            'an incident without "incident_number"',
        ),
        (orjson.dumps({"incident": INCIDENT}), 'no list of objects in "log_entries"'),
        (orjson.dumps({**ITEM, "notes": None}), 'no list of objects in "notes"'),
        (
            orjson.dumps({"incident": INCIDENT, "log_entries": [{"id": "R1"}]}),
            "without id, type or created_at",
        ),
        (orjson.dumps({"directory": {}}), "the directory must be the first line"),
    ],
)
def test_a_bad_line_is_named_in_one_sentence(tmp_path: Path, line: bytes, says: str) -> None:
    path = written(tmp_path, orjson.dumps(ITEM), line)
    with pytest.raises(HistoryError, match=f"^Line 2 of .*{says}") as caught:
        load_history(path)
    assert "\n" not in str(caught.value)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("directory", [[], {"users": {}}, {"users": [{"name": "no id"}]}])
def test_a_directory_that_is_none_is_refused(tmp_path: Path, directory: object) -> None:
    path = written(tmp_path, orjson.dumps({"directory": directory}))
    with pytest.raises(HistoryError, match=r"^Line 1 of .* has a directory"):
        load_history(path)


@pytest.mark.soak
def test_the_converted_incident_log_can_be_loaded(tmp_path: Path) -> None:
    script = shared_path("data/incident_log") / "to_pagerduty.py"
    path = tmp_path / "log.jsonl"
    with path.open("wb") as out:
        subprocess.run([sys.executable, str(script), "--limit", "50"], stdout=out, check=True)
    history = load_history(path)
    assert len(history.items) == 50
    assert history.directory == {}

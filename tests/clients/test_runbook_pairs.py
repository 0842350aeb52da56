"""Pairs of alert and runbook, read line by line."""

import json

import pytest

from toban.clients.runbook_pairs import read_runbook_pairs
from toban.domain.runbooks.search.evaluation import Pair
from toban.errors import UsageError

ROW = {"id": "1", "alert": "DiskFull", "summary": "s", "granularity": "alert", "runbook": "a/disk.md"}


def test_a_pair_is_read_with_all_that_is_right_for_it(tmp_path):
    path = tmp_path / "pairs.jsonl"
    more = {"also_ok": ["b/disk.ja.md"], "severity": "critical", "licence": "MIT"}
    path.write_text(json.dumps(ROW | more) + "\n\n")
    assert read_runbook_pairs(path) == [
        Pair("1", "DiskFull", "s", "", "alert", ("a/disk", "b/disk"), "critical")
    ]


@pytest.mark.parametrize(
    "runbook", ["a/disk.md", "./a/disk.md", "a//disk.md", "b/../a/disk.md", "a\\disk.md"]
)
def test_a_path_may_be_written_as_any_system_does(tmp_path, runbook):
    path = tmp_path / "pairs.jsonl"
    line = json.dumps(ROW | {"runbook": runbook}).encode()
    path.write_bytes(b"\xef\xbb\xbf" + line + b"\r\n\r\n" + line + b"\r\n")
    assert [pair.right for pair in read_runbook_pairs(path)] == [("a/disk",), ("a/disk",)]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "is not JSON"),
        ("[1]", "is not an object"),
        (json.dumps(ROW | {"granularity": "team"}), "granularity is 'team', but must be alert or service"),
        (json.dumps(ROW | {"granularity": ["alert"]}), "granularity is ['alert']"),
        (json.dumps(ROW | {"runbook": None}), "runbook is None, but must name a file"),
        (json.dumps(ROW | {"runbook": "/etc/disk.md"}), "runbook is '/etc/disk.md', but must name a file"),
        (json.dumps(ROW | {"runbook": "../a/disk.md"}), "by its path below the runbooks' directory"),
        (json.dumps(ROW | {"runbook": "a/../../disk.md"}), "by its path below the runbooks' directory"),
        (json.dumps(ROW | {"runbook": "..\\disk.md"}), "by its path below the runbooks' directory"),
        (json.dumps(ROW | {"also_ok": "b.md"}), "also_ok is no list"),
        (json.dumps(ROW | {"also_ok": [7]}), "also_ok is 7, but must name a file"),
        (json.dumps(ROW | {"summary": 7}), "summary is no text"),
        (json.dumps(ROW | {"alert": "", "summary": None}), "are all empty"),
        (b"\xff\xfe", "is not JSON"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path, line, why):
    path = tmp_path / "pairs.jsonl"
    good = json.dumps(ROW).encode()
    path.write_bytes(good + b"\n" + (line if isinstance(line, bytes) else line.encode()) + b"\n")
    with pytest.raises(UsageError) as caught:
        read_runbook_pairs(path)
    assert str(caught.value).startswith(f"{path}, line 2: ")
    assert why in str(caught.value)

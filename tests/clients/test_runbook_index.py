"""A directory's runbooks, indexed."""

import gc

import pytest

from runbook_library import FILES
from toban.clients.runbook_index import read_index


def test_all_files_of_a_directory_are_in_its_index(tmp_path):
    for file, text in FILES.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    assert sorted(page.file for page in read_index(tmp_path).pages) == sorted(FILES)


@pytest.mark.parametrize("enabled", [True, False])
def test_garbage_is_collected_afterwards_as_before(tmp_path, enabled):
    (gc.enable if enabled else gc.disable)()
    try:
        read_index(tmp_path)
        assert gc.isenabled() is enabled
    finally:
        gc.enable()

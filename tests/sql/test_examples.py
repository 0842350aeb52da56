"""The example queries: each answers its question on the general snapshot of a made-up company."""

import re

import pytest

from history_warehouse import sync_history
from toban.clients.warehouse import ask
from toban.clients.warehouse.texts import first_line, sql_files

EXAMPLES = dict(sql_files("examples"))
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
COLUMN = re.compile(r"[a-z][a-z0-9_]*")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    return sync_history(tmp_path_factory.mktemp("warehouse"))


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_answers_with_rows_of_named_columns(warehouse, name):
    with warehouse.read() as snapshot:
        answer = ask(snapshot, EXAMPLES[name])
    assert answer.rows
    assert all(COLUMN.fullmatch(column) for column in answer.columns)
    assert len(set(answer.columns)) == len(answer.columns)


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_column_of_an_example_is_always_empty(warehouse, name):
    with warehouse.read() as snapshot:
        answer = ask(snapshot, EXAMPLES[name])
    filled = [any(row[at] is not None for row in answer.rows) for at in range(len(answer.columns))]
    empty = {column for column, full in zip(answer.columns, filled, strict=True) if not full}
    assert empty <= {"last_error"}  # of a sync that did not fail


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_asks_its_question_in_english_and_in_japanese(name):
    text = EXAMPLES[name]
    english, japanese = first_line(text), first_line(text.partition("\n")[2])
    assert english.endswith(("?", "."))
    assert not JAPANESE.search(english)
    assert JAPANESE.search(japanese)
    assert not JAPANESE.search(text.split("\n", 2)[2])


def test_there_are_examples_enough_to_learn_from():
    assert len(EXAMPLES) >= 15

"""The pages about the warehouse: as complete as the warehouse's own comments, and their code runs."""

import re
import runpy
from pathlib import Path

import pytest

from toban.clients.warehouse import Warehouse
from warehouse_data import fill_a_little

DOCS = Path(__file__).parents[1] / "docs"
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
SECTION = re.compile(r"^### `(\w+)`\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| `(\w+)` \| `([^`]+)` \| (.+) \|$", re.MULTILINE)
REPEATED = re.compile(r"^[^|\n]*`(\w+)`[^|\n]*`(\w+)`[^|\n]*`(\w+)`[^|\n]*$", re.MULTILINE)


@pytest.fixture(scope="module")
def reference():
    return runpy.run_path(str(DOCS / "reference.py"))


def page(language):
    return (DOCS / language / "warehouse.md").read_text(encoding="utf-8")


def sections(language):
    return dict(SECTION.findall(page(language)))


def rows(section):
    return [(name, kind) for name, kind, _ in ROW.findall(section)]


def test_the_english_reference_is_what_make_docs_writes(reference):
    assert reference["page"](page("en")) == page("en"), "run make docs"


def test_the_japanese_page_names_every_table_and_column(reference):
    general, restricted = reference["snapshots"]()
    text = page("ja")
    names = {table.name for table in (*general, *restricted)}
    names |= {column.name for table in (*general, *restricted) for column in table.columns}
    assert not {name for name in names if f"`{name}`" not in text}


def test_the_japanese_page_has_the_same_tables_in_the_same_order():
    assert list(sections("ja")) == list(sections("en"))


@pytest.mark.parametrize("table", sections("en"))
def test_a_tables_columns_and_types_are_the_same_in_japanese(table):
    english, japanese = sections("en")[table], sections("ja")[table]
    assert rows(japanese) == rows(english)
    assert REPEATED.findall(japanese) == REPEATED.findall(english)


@pytest.mark.parametrize("table", sections("ja"))
def test_every_japanese_description_is_japanese(table):
    section = sections("ja")[table]
    assert JAPANESE.search(section.strip().partition("\n")[0])
    assert not [name for name, _, meaning in ROW.findall(section) if not JAPANESE.search(meaning)]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_python_on_the_page_reads_a_warehouse(language, tmp_path, monkeypatch):
    with Warehouse(tmp_path / "data" / "warehouse").write() as writer:
        fill_a_little(writer)
        writer.rebuild_models()
        writer.publish()
    (code,) = re.findall(r"```python\n(.*?)```", page(language), re.DOTALL)
    script = tmp_path / "page.py"
    script.write_text(code, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    weeks = runpy.run_path(str(script))["weeks"]
    assert weeks["incidents"].sum() == 40


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_files_and_queries_the_page_speaks_of_exist(language, tmp_path):
    with Warehouse(tmp_path).write() as writer:
        writer.rebuild_models()
        writer.publish()
    written = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    named = re.findall(r"^\| `([\w/.<>]+\.\w+)` \|", page(language), re.MULTILINE)
    assert len(named) == 4
    assert {name.replace("<n>", "1") for name in named} <= written
    examples = re.findall(r"include/toban/sql/examples/\w+\.sql", page(language))
    assert examples
    assert not [example for example in examples if not (DOCS.parent / example).exists()]

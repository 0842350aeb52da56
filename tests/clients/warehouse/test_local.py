"""Own models: views beside Toban's, which neither reach outside nor keep anything from being published."""

import pytest

from toban.clients.console.schema import tables
from toban.clients.warehouse import Warehouse, ask
from toban.errors import WarehouseError
from toban.settings import WarehouseSettings
from warehouse_data import fill_a_little

NIGHTS = """-- One row per service.
select
    service,  -- its name, ours
    count(*) as incidents  -- how many
from incident_facts
group by all
order by all;
-- the end
"""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "local"
    folder.mkdir()
    return folder


@pytest.fixture
def warehouse(tmp_path, folder):
    warehouse = Warehouse(tmp_path / "warehouse", WarehouseSettings(local_models=folder))
    with warehouse.write() as writer:
        fill_a_little(writer, 4)
        writer.rebuild_models()
        writer.publish()
    return warehouse


def publish(warehouse):
    with warehouse.write() as writer:
        return writer.publish()


def rows(warehouse, query, **which):
    with warehouse.read(**which) as snapshot:
        return [tuple(row) for row in ask(snapshot, query).rows]


def test_a_file_becomes_a_view_with_what_it_says_about_itself(warehouse, folder):
    (folder / "by_service.sql").write_text(NIGHTS)
    publish(warehouse)
    assert rows(warehouse, "select * from local_by_service") == [("mail", 2), ("shop", 2)]
    with warehouse.read() as snapshot:
        (seen,) = [table for table in tables(snapshot) if table["name"] == "local_by_service"]
    assert seen["meaning"] == "One row per service."
    assert [column["meaning"] for column in seen["columns"]] == ["its name, ours", "how many"]
    assert warehouse.beside().model_troubles == ()


def test_a_later_name_may_build_on_an_earlier_one(warehouse, folder):
    (folder / "a.sql").write_text("select 41 as n")
    (folder / "b.sql").write_text("select n + 1 as n from local_a")
    publish(warehouse)
    assert rows(warehouse, "select n from local_b") == [(42,)]


def test_changed_and_removed_files_are_published_without_news_and_others_are_not(warehouse, folder):
    (folder / "a.sql").write_text("select 1 as n")
    assert publish(warehouse) == 2
    assert publish(warehouse) == 2
    (folder / "a.sql").write_text("select 2 as n")
    assert publish(warehouse) == 3
    assert rows(warehouse, "select n from local_a") == [(2,)]
    (folder / "a.sql").unlink()
    assert publish(warehouse) == 4
    with pytest.raises(WarehouseError):
        rows(warehouse, "select n from local_a")


def test_a_model_of_persons_is_in_the_restricted_snapshot_alone(warehouse, folder):
    (folder / "persons.sql").write_text("select count(*) as n from interruptions")
    publish(warehouse)
    assert rows(warehouse, "select n > 0 from local_persons", restricted=True) == [(True,)]
    with pytest.raises(WarehouseError):
        rows(warehouse, "select n from local_persons")
    assert warehouse.beside().model_troubles == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("select nothing from incident_facts", "nothing"),
        ("selekt 1", "syntax error"),
        ("", "exactly one SELECT"),
        ("select 1; drop table incidents", "exactly one SELECT"),
        ("delete from incidents", "exactly one SELECT"),
        ("select * from read_csv('/etc/passwd')", "read_csv is not available"),
        ("select * from '/etc/passwd'", "/etc/passwd is not available"),
        ("select * from duckdb_settings()", "duckdb_settings is not available"),
        ("select current_setting('home_directory') as a", "current_setting is not available"),
        ("select * from query('select 1')", "query is not available"),
        ("select * from connection", "connection does not exist"),
        ("select 1 as a, 2 as a", None),
    ],
)
def test_a_broken_or_hostile_one_is_one_sentence_and_the_others_are_published(
    warehouse, folder, caplog, text, why
):
    (folder / "a_bad.sql").write_text(text)
    (folder / "b_good.sql").write_text("select 1 as n")
    publish(warehouse)
    assert rows(warehouse, "select n from local_b_good") == [(1,)]
    assert rows(warehouse, "select count(*) from incidents") == [(4,)]
    troubles = warehouse.beside().model_troubles
    if why is None:
        assert troubles == ()
        return
    (trouble,) = troubles
    assert trouble.startswith("The own model a_bad.sql is not built: ")
    assert why in trouble
    assert "\n" not in trouble
    assert trouble in caplog.text


def test_a_name_or_a_text_that_cannot_be_is_said(warehouse, folder):
    (folder / "Bad Name.sql").write_text("select 1")
    (folder / "latin.sql").write_bytes(b"select '\xe9' as e")
    publish(warehouse)
    name, text = warehouse.beside().model_troubles
    assert "Bad Name.sql is not built: a file's name is" in name
    assert "latin.sql is not built: " in text


def test_a_folder_that_is_missing_is_said_and_forgotten_with_the_setting(warehouse, folder, tmp_path):
    folder.rmdir()
    publish(warehouse)
    assert warehouse.beside().model_troubles == (
        f"{folder} is not a folder, so no own models are built; make it.",
    )
    without = Warehouse(tmp_path / "warehouse")
    publish(without)
    assert without.beside().model_troubles == ()

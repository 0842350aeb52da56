"""The contract with those who build on the warehouse: tests/sql/contract.json is what was promised.

After adding a column, or after raising `contract.VERSION` for a change that breaks: run this file with
TOBAN_RENEW_CONTRACT=1.
"""

import json
import os
from pathlib import Path

import pytest

from toban.clients.warehouse import Warehouse, contract

PROMISED = Path(__file__).with_name("contract.json")
DOCS = Path(__file__).parents[2] / "docs"
COLUMNS = "select table_name, column_name, data_type from duckdb_columns() where not internal"
STATED = "select value from sync_state where name = 'contract_version'"


def columns_of(snapshot, names):
    found = {name: {} for name in names}
    for row in snapshot.rows(COLUMNS + " order by column_index"):
        if row["table_name"] in found:
            found[row["table_name"]][row["column_name"]] = row["data_type"]
    return found


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    warehouse = Warehouse(tmp_path_factory.mktemp("contract"))
    with warehouse.write() as writer:
        writer.rebuild_models()
        writer.publish()
    return warehouse


@pytest.fixture(scope="module")
def present(warehouse):
    with warehouse.read() as general, warehouse.read(restricted=True) as restricted:
        views = columns_of(general, contract.GENERAL) | columns_of(restricted, contract.RESTRICTED)
    present = {"version": contract.VERSION, "views": views}
    if os.environ.get("TOBAN_RENEW_CONTRACT"):
        kept = not broken(promised(), present) or promised()["version"] < contract.VERSION
        assert kept, "a promise is broken: raise contract.VERSION first"
        PROMISED.write_text(json.dumps(present, indent=2) + "\n", encoding="utf-8")
    return present


def promised():
    return json.loads(PROMISED.read_text(encoding="utf-8"))


def broken(promised, present):
    """Each promised column that is no longer there with its type."""
    return [
        f"{view}.{column}"
        for view, columns in promised["views"].items()
        for column, kind in columns.items()
        if present["views"].get(view, {}).get(column) != kind
    ]


def test_no_promised_column_vanishes_or_changes_its_type_within_a_version(present):
    assert broken(promised(), present) == [], "raise contract.VERSION, and say what changed in CHANGELOG.md"


def test_what_is_promised_is_written_down_for_this_version(present):
    assert promised() == present


def test_a_column_that_is_gone_renamed_or_of_another_type_would_be_found(present):
    less = json.loads(json.dumps(present))
    del less["views"]["service_weekly"]["week"]
    less["views"]["incident_facts"]["incident_number"] = "VARCHAR"
    less["views"]["team_weekly"]["more"] = "BIGINT"
    assert broken(present, less) == ["incident_facts.incident_number", "service_weekly.week"]


def test_every_promised_view_is_there(present):
    assert [view for view, columns in present["views"].items() if not columns] == []


def test_both_snapshots_say_the_version(warehouse):
    for restricted in (False, True):
        with warehouse.read(restricted=restricted) as snapshot:
            assert snapshot.rows(STATED) == [{"value": str(contract.VERSION)}]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_page_names_the_version_and_every_promised_view(language):
    page = (DOCS / language / "warehouse.md").read_text(encoding="utf-8")
    section = page.split("<!-- contract -->")[1]
    assert f"**{contract.VERSION}**" in section
    assert [
        view for view in (*contract.GENERAL, *contract.RESTRICTED) if f"| `{view}` |" not in section
    ] == []

"""The notebooks' cells run in order on a warehouse; marimo itself is not needed for that."""

import ast
from pathlib import Path

from toban.clients.warehouse import Warehouse
from warehouse_data import fill_a_little

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "incidents.py"


def cells():
    for node in ast.parse(NOTEBOOK.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            yield ast.Module([part for part in node.body if not isinstance(part, ast.Return)], [])


def test_the_incidents_notebook_counts_what_the_warehouse_holds(tmp_path, monkeypatch):
    with Warehouse(tmp_path).write() as writer:
        fill_a_little(writer)
        writer.rebuild_models()
        writer.publish()
    monkeypatch.setenv("TOBAN_WAREHOUSE", str(tmp_path))
    names = {}
    for cell in cells():
        exec(compile(cell, str(NOTEBOOK), "exec"), names)  # noqa: S102 - the project's own file
    names["snapshot"].close()
    assert names["weeks"]["incidents"].sum() == 40
    assert names["weeks"]["mtta_median_min"].between(400 / 60, 440 / 60).all()
    assert set(names["hours"].index.get_level_values("service")) == {"shop", "mail"}

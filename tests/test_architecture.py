"""The house's rule: imports run downward only, and each system is known in one place."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "include" / "toban"

# What each floor may import of the package; a floor missing here fails the test.
FLOORS: dict[str, set[str]] = {
    "errors": set(),
    "settings": {"errors"},
    "scheduling": {"settings", "wiring"},
    "domain": {"errors"},
    "locale": {"errors"},
    "charts": {"errors", "domain"},
    "clients": {"errors", "settings", "domain", "charts", "sql"},
    "jobs": {"errors", "settings", "domain", "locale", "clients"},
    "web": {"errors", "settings", "domain", "locale", "clients"},
    "wiring": {"errors", "settings", "domain", "locale", "clients", "jobs", "web"},
    "sandbox": set(),
    "demo": {"errors", "watchdog"},
    "watchdog": set(),
    "cli": {"errors", "settings", "domain", "locale", "clients", "jobs", "wiring", "sandbox", "demo"},
    "__main__": {"cli"},
    "__init__": {"clients"},
    "sql": set(),
}
# Where each system's library may be imported (prefixes of paths inside the package).
SYSTEMS = {
    "airflow": ("wiring/",),
    "pdpyras": ("clients/pagerduty/",),
    "slack_sdk": ("clients/slack/",),
    "duckdb": ("clients/warehouse/", "clients/console/child"),
    "sqlalchemy": ("clients/ledger/", "demo/", "watchdog/", "wiring/wake"),  # the last asks Airflow
    "psycopg2": ("clients/ledger/",),
    "vl_convert": ("clients/charts",),
    "yaml": ("clients/runbook_front_matter",),
}
STANDARD_LIBRARY_ONLY = "domain"


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    """Full dotted names imported anywhere in the file."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the floor they reach for"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def floor_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_the_package_is_found() -> None:
    assert len(modules()) > 30


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_run_downward_only(path: Path) -> None:
    floor = floor_of(path)
    allowed = FLOORS[floor] | {floor, "__version__"}
    reached = {name.split(".")[1] for name in imports_of(path) if name.startswith("toban.")}
    assert reached <= allowed, f"{floor} may not import {sorted(reached - allowed)}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_each_system_is_known_in_one_place(path: Path) -> None:
    relative = str(path.relative_to(PACKAGE))
    for system, places in SYSTEMS.items():
        if any(name.split(".")[0] == system for name in imports_of(path)):
            assert relative.startswith(places), f"{relative} imports {system}; only {places} may"


@pytest.mark.parametrize("path", sorted((PACKAGE / "domain").rglob("*.py")), ids=lambda p: p.name)
def test_the_domain_knows_the_standard_library_alone(path: Path) -> None:
    outside = {name.split(".")[0] for name in imports_of(path)} - sys.stdlib_module_names - {"toban"}
    assert not outside


def swallows_anything(node: ast.AST) -> bool:
    """A handler of every error that does not raise it again."""
    return (
        isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id.endswith("Exception")))
        and not any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(node))
        and (node.type is None or node.type.id in {"Exception", "BaseException"})
    )


def test_any_error_is_caught_only_where_one_fault_must_not_keep_others_from_being_called() -> None:
    broad = [
        str(path.relative_to(PACKAGE))
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if swallows_anything(node)
    ]
    # Each object store's library raises what it likes, and none may keep a snapshot from being published.
    # A fault of one act of a pass is raised when the others are done; one of a verdict leaves it unsaid.
    assert broad == [
        "clients/warehouse/export.py", "jobs/alerting/acting.py", "jobs/alerting/reading.py",
        "wiring/failure.py",
    ]  # fmt: skip


@pytest.mark.parametrize("path", sorted((ROOT / "dags").glob("*.py")), ids=lambda p: p.name)
def test_a_dag_file_is_short_and_light(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 50
    at_top = {
        name
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in [node.module if isinstance(node, ast.ImportFrom) else node.names[0].name]
    }
    heavy = {name for name in at_top if name and name.startswith("toban")} - {
        "toban.scheduling",
        "toban.settings",
    }
    assert not heavy


FORBIDDEN_NAMES = {"utils", "helpers", "common", "models"}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [path for path in modules() if path.stem in FORBIDDEN_NAMES]

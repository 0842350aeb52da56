"""The SQL console inside Airflow's own frame, as a person uses it."""

import csv
import io
import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest

from chromium import PATIENCE_S, Tab, program

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
FRAME = "document.querySelector('iframe')?.contentDocument"
SQL = "select service, count(*) as incidents from incident_facts group by service order by service"
SERIOUS = """
axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations
    .filter(each => ["serious", "critical"].includes(each.impact)).map(each => each.id))
"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(program() is None, reason="Chromium is not installed: apt-get install chromium"),
]


@pytest.fixture
def downloads(tab: Tab, tmp_path: Path) -> Iterator[Path]:
    tab.order("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    yield tmp_path
    tab.order("Browser.setDownloadBehavior", behavior="default")


def opened(tab: Tab, airflow: str, sql: str = "") -> None:
    """The console in the frame, with its examples there."""
    tab.go("about:blank")
    tab.go(f"{airflow}/plugin/toban/toban/console")
    tab.wait_for(f"{FRAME}?.querySelectorAll('#examples button').length > 0")
    if sql:
        write(tab, sql)


def write(tab: Tab, sql: str) -> None:
    text = json.dumps(sql)
    tab.ask(
        f"(field => {{ field.value = {text}; field.dispatchEvent(new Event('input')); }})"
        f"({FRAME}.querySelector('#sql'))"
    )


def click(tab: Tab, selector: str) -> None:
    tab.ask(f"{FRAME}.querySelector({json.dumps(selector)}).click()")


def run(tab: Tab) -> None:
    click(tab, "#run")
    tab.wait_for(f"!{FRAME}.querySelector('#run').disabled")


def text_of(tab: Tab, selector: str) -> str:
    return str(tab.ask(f"{FRAME}.querySelector({json.dumps(selector)})?.textContent.trim() ?? ''"))


def downloaded(folder: Path, ending: str) -> Path:
    """The file, once it is whole."""
    deadline = time.monotonic() + PATIENCE_S
    while not (found := list(folder.glob(f"*{ending}"))):
        assert time.monotonic() < deadline, f"no {ending} came: {list(folder.iterdir())}"
        time.sleep(0.1)
    return found[0]


def test_a_query_is_answered_as_a_table_that_sorts_and_as_a_chart(tab: Tab, airflow: str) -> None:
    opened(tab, airflow, SQL)
    run(tab)
    assert re.match(r"\d+ rows in \d", text_of(tab, "#told"))
    cells = f"[...{FRAME}.querySelectorAll('#grid tbody td:nth-child(2)')].map(each => +each.textContent)"
    before = tab.ask(cells)
    click(tab, "#grid th:nth-child(2) button")
    assert tab.ask(cells) == sorted(before)
    click(tab, "#chart")
    assert tab.ask(f"{FRAME}.querySelectorAll('#drawing rect').length") == len(before)
    assert tab.faults == []


def test_a_mistake_is_marked_where_it_is_and_leaves_no_trace_in_the_browser_s_console(
    tab: Tab, airflow: str
) -> None:
    opened(tab, airflow, "select 1,\n  no_such_column\nfrom incident_facts")
    run(tab)
    assert text_of(tab, "#paint .wrong") == "no_such_column"
    assert text_of(tab, "#reason").startswith("Line 2, column 3:")
    assert text_of(tab, "#told") == ""
    write(tab, "from read_text('/etc/passwd')")
    run(tab)
    assert text_of(tab, "#paint .wrong") == "read_text"
    click(tab, "[data-download=csv]")
    tab.wait_for(f"!{FRAME}.querySelector('#run').disabled")
    assert "read_text is not available" in text_of(tab, "#reason")
    assert tab.faults == []


def test_more_questions_at_once_than_one_person_may_ask_are_told_so(tab: Tab, airflow: str) -> None:
    opened(tab, airflow)
    slow = json.dumps({"sql": "select levenshtein(repeat('a', 200000), repeat('b', 200000))"})
    asked = (
        f"Promise.all([1, 2, 3, 4].map(() => fetch('/toban/console/run', {{method: 'POST', body: {slow!r}, "
        "headers: {'Content-Type': 'application/json'}}).then(answer => answer.json())))"
    )
    reasons = [answer["refused"]["reason"] for answer in tab.ask(asked)]
    assert sum("As many queries are running and waiting as may" in reason for reason in reasons) == 1
    assert tab.faults == []


def test_an_example_says_what_it_answers_until_something_else_is_written(tab: Tab, airflow: str) -> None:
    opened(tab, airflow)
    click(tab, "#examples li:nth-child(5) button")
    assert len(text_of(tab, "#about")) > 100
    run(tab)
    assert text_of(tab, "#reason") == ""
    write(tab, "select 1")
    assert tab.ask(f"{FRAME}.querySelector('#about').hidden")


def test_each_column_s_meaning_stands_in_the_schema_and_a_click_writes_its_name(
    tab: Tab, airflow: str
) -> None:
    opened(tab, airflow, "select ")
    without = (
        f"[...{FRAME}.querySelectorAll('#tables small')].filter(each => each.textContent.endsWith('· '))"
    )
    assert tab.ask(f"{without}.length") == 0
    tab.ask(f"(field => field.setSelectionRange(7, 7))({FRAME}.querySelector('#sql'))")
    click(tab, "#tables details li button")
    name = str(tab.ask(f"{FRAME}.querySelector('#tables details li button').firstChild.textContent"))
    assert tab.ask(f"{FRAME}.querySelector('#sql').value") == f"select {name}"


def test_what_was_asked_is_in_the_history_and_in_a_link(tab: Tab, airflow: str) -> None:
    opened(tab, airflow, SQL)
    run(tab)
    assert text_of(tab, "#history button") == SQL
    address = str(tab.ask(f"{FRAME}.location.href"))
    assert address == f"{airflow}/toban/console#sql={quote(SQL, safe='()*')}"
    tab.go("about:blank")
    tab.go(address)  # as a colleague opens it
    assert tab.wait_for("document.querySelector('#sql').value") == SQL
    assert tab.faults == []


def test_csv_and_parquet_are_downloaded_inside_airflow_s_frame(
    tab: Tab, airflow: str, downloads: Path
) -> None:
    opened(tab, airflow, SQL)
    run(tab)
    rows = tab.ask(f"{FRAME}.querySelectorAll('#grid tbody tr').length")
    click(tab, "[data-download=csv]")
    text = downloaded(downloads, ".csv").read_text(encoding="utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text)))) == rows + 1
    tab.wait_for(f"!{FRAME}.querySelector('#run').disabled")
    click(tab, "[data-download=parquet]")
    file = downloaded(downloads, ".parquet")
    assert duckdb.read_parquet(str(file)).aggregate("count(*)").fetchall() == [(rows,)]
    assert tab.faults == []


def test_the_snapshot_is_downloaded_inside_airflow_s_frame_under_a_name_with_its_time(
    tab: Tab, airflow: str, downloads: Path
) -> None:
    opened(tab, airflow)
    click(tab, ".whole a")
    file = downloaded(downloads, ".duckdb")
    assert re.fullmatch(r"toban-\d{8}T\d{4}Z\.duckdb", file.name)
    with duckdb.connect(str(file), read_only=True) as snapshot:
        assert snapshot.sql("select count(*) > 0 from reported_incidents").fetchall() == [(True,)]
    assert tab.faults == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("language", "dark"), [("en", False), ("ja", True)])
def test_the_page_is_accessible_with_everything_open(
    tab: Tab, airflow: str, width: int, language: str, dark: bool
) -> None:
    tab.speak(language)
    tab.look(width, dark=dark)
    tab.go("about:blank")
    tab.go(f"{airflow}/toban/console#sql={quote(SQL)}")
    tab.wait_for("document.querySelectorAll('#examples button').length > 0")
    tab.ask("document.querySelectorAll('details').forEach(each => { each.open = true })")
    tab.ask("document.querySelector('#examples button').click(); document.querySelector('#run').click()")
    tab.wait_for("document.querySelectorAll('#grid tbody tr').length > 0")
    tab.ask("document.querySelector('#chart').click()")
    assert tab.ask(AXE.read_text() + ";" + SERIOUS) == []
    assert tab.ask("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if folder := os.environ.get("TOBAN_PICTURES"):
        tab.picture(Path(folder) / f"console-{language}-{width}.png")
    assert tab.faults == []


def test_a_fraction_is_shown_without_the_noise_of_binary_numbers(tab: Tab, airflow: str) -> None:
    opened(
        tab,
        airflow,
        "select 98.40000000000003::double as a, 0.1::double + 0.2::double as b, 1e-20::double as c",
    )
    run(tab)
    cells = f"[...{FRAME}.querySelectorAll('#grid td')].map(each => each.textContent)"
    assert tab.ask(cells) == ["98.4", "0.3", "1e-20"]

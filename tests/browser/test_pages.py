"""The pages in a real Chromium, through Airflow's own server and login: seen, clicked, found accessible."""

import os
import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from chromium import Tab, program
from installation import TEAM, Installation
from toban.domain.preview import preview
from toban.domain.report.weeks import last_whole_week
from toban.jobs.weekly_report import weekly_report
from toban.wiring.build import settings

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "", "incidents", "services", "teams", "policies", "responders", "on-call", "load", "health",
    "definitions",
)  # fmt: skip
SERIOUS = """
axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations
    .filter(each => ["serious", "critical"].includes(each.impact))
    .map(each => each.id + ": " + each.nodes.map(node => node.html.slice(0, 160)).slice(0, 3).join(" | ")))
"""
TOO_WIDE = """
(page => page.scrollWidth <= page.clientWidth ? [] : [...document.querySelectorAll("body *")]
    .filter(each => each.getBoundingClientRect().right > page.clientWidth)
    .map(each => each.outerHTML.slice(0, 120)))(document.documentElement)
"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(program() is None, reason="Chromium is not installed: apt-get install chromium"),
]


def test_airflow_s_navigation_leads_to_the_pages(tab: Tab, airflow: str) -> None:
    tab.go(f"{airflow}/")
    tab.wait_for(
        """document.querySelector('a[href$="/plugin/toban"]')""" + "?.textContent.includes('On-call')"
    )
    tab.go(f"{airflow}/plugin/toban")
    heading = """document.querySelector("iframe")?.contentDocument?.querySelector("h1")?.textContent"""
    assert tab.wait_for(heading) == "Overview"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("language", "dark"), [("en", False), ("ja", True)])
def test_every_page_is_clean(
    tab: Tab, airflow: str, page: str, width: int, language: str, dark: bool, request: pytest.FixtureRequest
) -> None:
    tab.speak(language)
    tab.look(width, dark=dark)
    tab.go(f"{airflow}/toban/{page}?period=28d")
    _keep_picture(tab, request)
    assert tab.ask("document.documentElement.lang") == language
    assert tab.ask(TOO_WIDE) == []
    assert tab.ask(AXE.read_text() + ";" + SERIOUS) == []
    assert tab.faults == []


def test_one_incident_is_clean_and_found_by_clicking(tab: Tab, airflow: str) -> None:
    for width, dark in ((1280, False), (390, True)):
        tab.look(width, dark=dark)
        tab.go(f"{airflow}/toban/?period=28d")
        for selector in (".card .figure a", "table.list .title a"):
            tab.go(tab.ask(f"document.querySelector({selector!r}).href"))
        assert tab.ask("document.querySelectorAll('.timeline li').length") > 2
        assert tab.ask(AXE.read_text() + ";" + SERIOUS) == []
        assert tab.ask(TOO_WIDE) == []
    assert tab.faults == []


def test_a_filter_is_chosen_and_stays_in_the_address(tab: Tab, airflow: str) -> None:
    tab.go(f"{airflow}/toban/?period=28d")
    before = tab.ask("document.querySelector('.card .figure').textContent")
    tab.ask(
        """(() => { const box = document.querySelector("details.pick input[name=service]");
        const list = box.closest("details"); list.open = true;
        box.click(); list.querySelector("button").click(); })()"""
    )
    address = tab.wait_for("location.search.includes('service=') && location.search")
    assert "period=28d" in address
    assert not re.search(r"[?&]\w+=(&|$)", address)
    tab.wait_for("document.readyState == 'complete'")
    assert tab.ask("document.querySelector('.card .figure').textContent") != before
    tab.go(tab.ask("document.querySelector('.top nav a[href*=\"/services\"]').href"))
    assert tab.ask("document.querySelectorAll('tbody tr').length") == 1
    assert tab.faults == []


def test_a_definition_is_read_with_the_keyboard(tab: Tab, airflow: str) -> None:
    tab.go(f"{airflow}/toban/")
    hint = "getComputedStyle(document.querySelector('.what > span')).display"
    assert tab.ask(hint) == "none"
    tab.ask("document.querySelector('.what > button').focus()")
    assert tab.ask(hint) == "block"
    tab.press("Escape")
    assert tab.ask(hint) == "none"


def test_a_column_s_definition_is_read_with_the_keyboard(tab: Tab, airflow: str) -> None:
    tab.go(f"{airflow}/toban/services?period=28d")
    told = "document.querySelector('.tip').hidden ? '' : document.querySelector('.tip').textContent"
    assert tab.ask(told) == ""
    tab.ask("document.querySelector('thead a').focus()")
    tab.press("Tab")
    assert tab.ask(told).startswith("Incidents that began in the period")
    within = "(box => box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight)"
    assert tab.ask(f"{within}(document.querySelector('.tip').getBoundingClientRect())")
    tab.press("Escape")
    assert tab.ask(told) == ""


def test_incidents_of_a_person_are_chosen(tab: Tab, airflow: str) -> None:
    tab.go(f"{airflow}/toban/?period=28d")
    before = tab.ask("document.querySelector('.card .figure').textContent")
    tab.ask(
        """(() => { const box = document.querySelector('input[name="responder"]');
        box.closest("details").open = true; box.click();
        box.closest("fieldset").querySelector("button").click(); })()"""
    )
    assert "period=28d" in tab.wait_for("location.search.includes('responder=') && location.search")
    tab.wait_for("document.readyState == 'complete'")
    chosen = tab.ask("document.querySelector('.card .figure').textContent")
    assert chosen != before
    tab.go(tab.ask("document.querySelector('.card .figure a').href"))
    listed = tab.ask("document.querySelector('.panel h2').textContent")
    assert listed.split()[0] == chosen.replace(",", "")
    assert tab.faults == []


def test_uptime_stands_on_the_overview_and_beside_each_service(tab: Tab, airflow: str) -> None:
    tab.go(f"{airflow}/toban/?period=28d")
    shown = "[...document.querySelectorAll('.card')].at(-1).querySelector('.figure').textContent"
    assert re.fullmatch(r"\d{1,3}\.\d\d%", tab.ask(shown))
    tab.go(f"{airflow}/toban/services?period=28d&sort=uptime")
    column = "[...document.querySelectorAll('tbody tr')].map(row => [...row.children].at(-2).textContent)"
    shares = [float(text.rstrip("%")) for text in tab.ask(column)]
    assert shares == sorted(shares)


def test_the_first_tab_stop_skips_to_the_content(tab: Tab, airflow: str) -> None:
    tab.go(f"{airflow}/toban/")
    tab.press("Tab")
    assert tab.ask("document.activeElement.className") == "skip"
    tab.press("Enter")
    assert tab.ask("document.activeElement.id") == "main"


def test_airflow_s_own_theme_wins(tab: Tab, airflow: str) -> None:
    tab.go(f"{airflow}/toban/")
    background = "getComputedStyle(document.body).backgroundColor"
    light = tab.ask(background)
    tab.ask("localStorage.setItem('theme', 'dark')")
    tab.go(f"{airflow}/toban/incidents")
    assert tab.ask(background) != light
    tab.ask("localStorage.removeItem('theme')")


def test_tables_are_downloaded(tab: Tab, airflow: str) -> None:
    tab.go(f"{airflow}/toban/services?period=28d")
    text = tab.ask("fetch(document.querySelector('a[download]').href).then(answer => answer.text())")
    assert text.count("\n") == tab.ask("document.querySelectorAll('tbody tr').length") + 1


@pytest.mark.parametrize("page", ["", "incidents", "services", "on-call", "load", "health"])
def test_what_a_page_shows_is_downloaded_as_pictures(tab: Tab, airflow: str, page: str) -> None:
    tab.speak("ja")
    tab.go(f"{airflow}/toban/{page}?period=28d")
    links = "[...document.querySelectorAll('a[download]')].filter(link => link.textContent == 'PNG')"
    drawn = """
    Promise.all(%s.map(async link => {
        const picture = await createImageBitmap(await (await fetch(link.href)).blob());
        return [picture.width, picture.height];
    }))
    """
    sizes = tab.ask(drawn % links)
    assert sizes
    assert all(width >= 700 and height > 100 for width, height in sizes)
    assert tab.faults == []


def test_a_link_outward_is_opened_by_airflow_s_page(tab: Tab, airflow: str) -> None:
    tab.go(f"{airflow}/toban/incidents?period=28d")
    incident = tab.ask("document.querySelector('table.list .title a').pathname")
    tab.go(f"{airflow}/plugin/toban{incident}")  # Airflow adds the frame's whole path to its own
    inside = """document.querySelector("iframe")?.contentDocument"""
    link = f"""{inside}?.querySelector("a[data-outside]")"""
    tab.wait_for(f"{link} != null")
    tab.ask("window.opened = []; HTMLAnchorElement.prototype.click = function () { opened.push(this.href) }")
    tab.ask(f"{link}.dispatchEvent(new MouseEvent('click', {{bubbles: true, cancelable: true}}))")
    assert tab.ask("window.opened.length") == 1
    assert tab.ask("window.opened[0]").startswith("http")


def test_a_figure_of_the_weekly_report_leads_to_its_page_in_airflow_s_frame(
    tab: Tab, airflow: str, company: Installation
) -> None:
    with company.warehouse.read() as snapshot:
        week = last_whole_week(datetime.now(UTC), ZoneInfo("Asia/Tokyo"), "monday")
        made = weekly_report(
            settings().team(TEAM), settings=settings(), snapshot=snapshot, week=week, now=datetime.now(UTC),
            action="preview",
        )  # fmt: skip
    link = re.search(r"<http://airflow\.example([^|>]+)\|(\d+)>", preview(made.message))
    assert link
    tab.go("about:blank")
    tab.go(airflow + unescape(link[1]))
    heading = """document.querySelector("iframe")?.contentDocument?.querySelector(".panel h2")?.textContent"""
    assert str(tab.wait_for(heading)).startswith(f"{link[2]} incident")
    owner = """document.querySelector("iframe").contentDocument.querySelector(".pick b").textContent"""
    assert tab.ask(owner) == settings().team(TEAM).name
    assert tab.faults == []


def _keep_picture(tab: Tab, request: pytest.FixtureRequest) -> None:
    """Where a person wants to look at the pages: TOBAN_PICTURES names the folder."""
    folder = os.environ.get("TOBAN_PICTURES")
    if folder:
        name = re.sub(r"[^\w-]+", "-", request.node.callspec.id)
        tab.picture(Path(folder) / f"{name}.png")

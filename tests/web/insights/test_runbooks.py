"""Runbook coverage: what is missing or deserves a look, its incidents, and how often triage was right."""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from io import StringIO
from pathlib import Path

import httpx
import pytest

from insights_warehouse import desk, visit
from runbook_samples import runbook
from toban.domain.runbooks.matching import Matcher
from toban.domain.runbooks.nouns import AlertText, RunbookMatch, RunbookShelf
from toban.domain.runbooks.search.memory import Confirmed
from toban.web.insights import incidents, runbooks
from triage_samples import NOW, history_of

QUEUE = runbook("queue-long", "queue", reviewed=date(2024, 1, 1))
TAPE = runbook("tape-torn", "tape", reviewed=date(2026, 11, 1))
DISK = "Disk full on <name>: <n>%"
ALL = "since=2026-10-01&until=2026-11-02&tz=UTC"


class Books:
    def __init__(self, *books: object) -> None:
        self._shelf = RunbookShelf(books)

    def shelf(self) -> RunbookShelf:
        return self._shelf

    def matcher(self) -> Callable[[AlertText], Sequence[RunbookMatch]]:
        return Matcher(self._shelf.runbooks)

    def said(self, now: datetime) -> list[Confirmed]:
        assert now == NOW
        return [Confirmed(AlertText("x"), "<b>gone</b>", helped=False)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("warehouse")
    warehouse = history_of(directory)
    told = [
        {
            "incident_id": f"Q{n}",
            "said_at": NOW - timedelta(hours=400 - n),
            "verdict": "by_itself",
            "reason": "history",
            "runbook_id": "queue-long",
            "by_rule": True,
        }
        for n in range(350, 358)
    ]
    with warehouse.write() as writer:
        writer.merge("alert_readings", told)
        writer.merge("alert_feedback", [{"incident_id": "Q352", "answer": "runbook_helped", "people": 1}])
        writer.rebuild_models()
        writer.publish()
    return directory


def client(folder: Path, *books: object) -> httpx.Client:
    at_hand = replace(desk(folder), now=lambda: NOW)
    listed = incidents.section(at_hand, lambda *_: None, lambda *_: "", lambda *_: None)
    return visit((runbooks.section(at_hand, Books(*books)), listed))


@pytest.fixture(scope="module")
def viewer(folder: Path) -> httpx.Client:
    return client(folder, QUEUE, TAPE)


def names(page: str) -> list[str]:
    return [unescape(name) for name in re.findall(r'class="name"><a href="[^"]+">([^<]+)<', page)]


def test_what_is_amiss_stands_there_the_worst_first(viewer: httpx.Client) -> None:
    page = viewer.get(f"/runbooks?{ALL}&lang=en").text
    assert names(page) == [DISK, "<b>gone</b>", "queue-long", "tape-torn"]
    assert [unescape(each) for each in re.findall(r'class="badge[^"]*">([^<]+)<', page)] == [
        "no runbook", "judged wrong", "stale", "never used",
    ]  # fmt: skip
    assert '<p class="figure">50%</p>' in page
    assert "200 of 400 in this period" in page


def test_an_alert_leads_to_its_incidents(viewer: httpx.Client) -> None:
    page = viewer.get(f"/runbooks?{ALL}&lang=en").text
    link = re.search(r'class="name"><a href="([^"]+)">Disk', page)
    assert link
    listed = viewer.get(unescape(link[1])).text
    assert "200 incidents" in listed
    assert 'Take away: Disk full on &lt;name&gt;: &lt;n&gt;%"' in listed
    assert viewer.get(f"/incidents.csv?{ALL}&template={'x' * 2001}").status_code == 400


def test_a_runbook_leads_to_the_incidents_whose_thread_showed_it(viewer: httpx.Client) -> None:
    listed = viewer.get(f"/incidents?{ALL}&runbook=queue-long&lang=en").text
    assert "8 incidents" in listed
    assert "Runbook: queue-long" in listed


def test_the_table_is_narrowed_down_and_sorted(viewer: httpx.Client) -> None:
    assert names(viewer.get(f"/runbooks?{ALL}&gap=stale").text) == ["queue-long"]
    assert names(viewer.get(f"/runbooks?{ALL}&sort=name").text)[0] == "<b>gone</b>"
    by_count = names(viewer.get(f"/runbooks?{ALL}&sort=-incidents").text)
    assert set(by_count[:2]) == {DISK, "queue-long"}
    for wrong in ("gap=odd", "sort=odd"):
        assert viewer.get(f"/runbooks?{wrong}").status_code == 400


def test_filters_choose_whose_alerts_count(viewer: httpx.Client) -> None:
    assert "100 of 200 in this period" in viewer.get(f"/runbooks?{ALL}&service=S1&lang=en").text
    assert "0 of 0" in viewer.get("/runbooks?since=2020-01-01&until=2020-01-02&lang=en").text


def test_the_download_has_every_gap(viewer: httpx.Client) -> None:
    rows = list(csv.DictReader(StringIO(viewer.get(f"/runbooks.csv?{ALL}").text.removeprefix("\ufeff"))))
    assert [(row["kind"], row["name"], row["incidents"]) for row in rows] == [
        ("missing", DISK, "200"), ("wrong", "<b>gone</b>", "0"), ("stale", "queue-long", "200"),
        ("unused", "tape-torn", "0"),
    ]  # fmt: skip
    assert rows[0]["services"] in {"shop; mail", "mail; shop"}


def test_how_often_triage_was_right_stands_there_with_its_numbers(viewer: httpx.Client) -> None:
    page = viewer.get(f"/runbooks?{ALL}&lang=en").text
    # Q350 took long, Q352's runbook helped somebody, and the odd ones are work.
    assert '<p class="figure">2 / 8</p>' in page
    assert "2 of 8 in the last 26 weeks" in page
    assert '25% <span class="quiet small">(2/8)</span>' in page
    assert '100% <span class="quiet small">(1/1)</span>' in page
    weeks = list(csv.DictReader(StringIO(viewer.get("/runbooks/weeks.csv").text.removeprefix("\ufeff"))))
    assert [(row["week"], row["said_by_itself"], row["runbooks_helped"]) for row in weeks] == [
        ("2026-10-26", "8", "1")
    ]


def test_nothing_amiss_and_nothing_told_is_said_in_japanese(tmp_path: Path) -> None:
    history_of(tmp_path, 0)
    page = client(tmp_path, TAPE).get("/runbooks?lang=ja").text
    assert "ランブックの整備状況" in page
    assert "スレッドに伝えた内容はまだありません" in page


def test_both_tables_are_pictures_too(viewer: httpx.Client) -> None:
    page = viewer.get(f"/runbooks?{ALL}&gap=stale&lang=en").text
    pictures = [unescape(address) for address in re.findall(r'href="([^"]+)" download>PNG', page)]
    assert [address.partition("?")[0] for address in pictures] == ["/runbooks.png", "/runbooks/weeks.png"]
    assert "gap=stale" in pictures[0]
    for address in pictures:
        assert viewer.get(address).content.startswith(b"\x89PNG"), address


def test_whose_incidents_are_asked_for_is_for_those_who_may_see_persons(folder: Path) -> None:
    at_hand = replace(desk(folder), now=lambda: NOW)
    shown = (runbooks.section(at_hand, Books(QUEUE)),)
    assert visit(shown).get(f"/runbooks?{ALL}&responder=U1").status_code == 403
    assert visit(shown, "lead").get(f"/runbooks?{ALL}&responder=U1").status_code == 200

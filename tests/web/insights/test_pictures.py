"""Every chart and table is a picture too: bounded, in the reader's language, with hostile texts as texts."""

import re
import struct
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pytest

from insights_warehouse import HOSTILE, NOW, desk, publish, settings, visit
from toban.clients.pictures import picture
from toban.clients.warehouse import Snapshot, Warehouse
from toban.domain.health.report import HealthReport
from toban.jobs.health_report import health_report
from toban.jobs.triage_alert import triage_alert
from toban.settings import Team
from toban.web.insights import definitions, health, incidents, load, oncall, overview, tables
from toban.web.insights.drawing.bars import bars
from toban.web.insights.drawing.letters import cut, drawable, width
from toban.web.insights.drawing.sheet import MOST_ROWS, MOST_WIDE, sheet_drawing
from toban.web.insights.drawing.standalone import standalone
from toban.web.insights.sections import Section
from toban.web.insights.sheets import Cell, Sheet, cells, headings

DAYS = "since=2026-03-01&until=2026-03-22"
PAGES = (
    "/", "/services", "/teams", "/policies", "/responders", "/incidents", "/incidents/Q1", "/on-call",
    "/load?week=2026-W11", "/health",
)  # fmt: skip
LINK = re.compile(r'href="([^"]+)" download>(CSV|PNG)</a>')
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("warehouse")
    publish(directory)
    with Warehouse(directory).write() as writer:
        writer.merge(
            "escalation_rules",
            [{"escalation_policy_id": "E1", "level": 1, "target_type": "user", "target_id": "U1"}],
        )
        shift = {"escalation_policy_id": "E1", "level": 1, "schedule_id": "SC1", "user_id": "U1"}
        writer.merge(
            "oncall_shifts",
            [shift | {"start_at": NOW - timedelta(days=2), "end_at": NOW + timedelta(days=2)}],
        )
        writer.set_state("shifts", f'[["{NOW.isoformat()}", "{(NOW + timedelta(days=28)).isoformat()}"]]')
        writer.merge("sync_runs", [{"id": "r1", "kind": "sync", "started_at": NOW, "error": HOSTILE}])
        writer.merge(
            "ledger_messages", [{"key": HOSTILE, "kind": "alert", "status": "claimed", "created_at": NOW}]
        )
        writer.merge("alerts", [{"id": "A1", "incident_id": "Q1", "summary": HOSTILE}])
        writer.rebuild_models()
        writer.publish()
    return directory


@pytest.fixture(scope="module")
def sections(folder: Path) -> Sequence[Section]:
    here, configured = desk(folder), settings(folder)

    def measure(team: Team, snapshot: Snapshot, week: date, now: datetime) -> HealthReport:
        return health_report(team, settings=configured, restricted=snapshot, week=week, now=now)

    return (
        overview.section(here),
        incidents.section(here, lambda _alert, _code: None, lambda _channel, _ts: "", triage_alert),
        *tables.sections(here),
        oncall.section(here),
        load.section(here, measure),
        health.section(here),
        definitions.section(),
    )


@pytest.fixture(scope="module")
def lead(sections: Sequence[Section]) -> httpx.Client:
    return visit(sections, "lead")


def downloads(client: httpx.Client, page: str) -> list[tuple[str, str]]:
    joint = "&" if "?" in page else "?"
    found = LINK.findall(client.get(f"{page}{joint}{DAYS}").text)
    return [(address.replace("&amp;", "&"), kind) for address, kind in found]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_whatever_a_page_shows_can_be_downloaded_in_both_forms(
    lead: httpx.Client, page: str, lang: str
) -> None:
    lead.get(f"/definitions?lang={lang}")
    links = downloads(lead, page)
    assert {kind for _, kind in links} == {"CSV", "PNG"}
    for address, kind in links:
        answer = lead.get(address)
        assert answer.status_code == 200, address
        beginning = b"\x89PNG" if kind == "PNG" else b"\xef\xbb\xbf"
        assert answer.content.startswith(beginning), address
        assert f".{kind.lower()}" in answer.headers["content-disposition"]
    lead.get("/definitions?lang=en")


def test_every_chart_and_table_has_its_picture(lead: httpx.Client) -> None:
    counted = {page: sum(kind == "PNG" for _, kind in downloads(lead, page)) for page in PAGES}
    assert counted == {
        "/": 4, "/services": 1, "/teams": 1, "/policies": 1, "/responders": 1, "/incidents": 1,
        "/incidents/Q1": 3, "/on-call": 2, "/load?week=2026-W11": 4, "/health": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    "path", ["/incidents/Q1/people.png", "/incidents/Q1/people.csv", "/load.png", "/responders.png"]
)
def test_pictures_of_persons_are_for_those_who_may_see_them(sections: Sequence[Section], path: str) -> None:
    assert visit(sections).get(path).status_code == 403
    assert visit(sections, "lead").get(path).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [("/incidents/none/course.png", 404), ("/incidents/Q1/password.csv", 400), ("/on-call.png?of=none", 404),
     ("/on-call.png?of=E1&table=x", 400), ("/load.png?table=x", 400), ("/health.csv?table=users", 400)],
)  # fmt: skip
def test_there_is_no_other_download(lead: httpx.Client, path: str, status: int) -> None:
    assert lead.get(path).status_code == status


def test_the_course_of_an_incident_tells_no_name_to_those_who_may_not_see_persons(
    sections: Sequence[Section],
) -> None:
    assert "U3" not in visit(sections).get("/incidents/Q1/course.csv").text.split("notify")[1].split("\n")[0]


def drawn(sheet: Sheet) -> ET.Element:
    document = standalone(sheet_drawing(sheet), sheet.title, beside=sheet.beside)
    assert picture(document).startswith(b"\x89PNG")
    return ET.fromstring(document)  # noqa: S314 - our own document


def words(document: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in document.iter(f"{SVG}text")]


def test_hostile_texts_are_texts() -> None:
    bad = f"{HOSTILE}\x00\x1b[31m\u202e\ufffe\nnext"
    document = drawn(Sheet(bad, headings((bad,)), [cells(Cell(bad)), cells(Cell("", note=bad))], bad))
    assert {element.tag.removeprefix(SVG) for element in document.iter()} == {
        "svg", "style", "rect", "text", "g", "path", "tspan",
    }  # fmt: skip
    assert sum("<script>alert(1)</script>" in text for text in words(document)) >= 2
    assert not any("\u202e" in text or "\x1b" in text or "\n" in text for text in words(document))


def test_a_picture_is_bounded_in_rows_and_width() -> None:
    long = Sheet("t", headings("abcdefghijklmnop"), [cells(*(["長い文" * 100] * 16)) for _ in range(500)])
    document = drawn(long)
    assert int(document.attrib["width"]) <= MOST_WIDE + 20
    assert len(words(document)) == 16 * (MOST_ROWS + 1) + 3  # with title, scope and note
    assert all(len(text) < 40 for text in words(document))


def test_a_picture_says_what_it_leaves_out(lead: httpx.Client) -> None:
    few = struct.unpack(">II", lead.get(f"/incidents.png?{DAYS}&only=open").content[16:24])
    many = struct.unpack(">II", lead.get(f"/incidents.png?{DAYS}").content[16:24])
    assert many[1] - few[1] == 2 * 40 * 25  # forty rows more, and neither leaves any out


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [("short", 100, "short"), ("オンコール担当者", 60, "オンコー…"), ("", 0, ""), ("x" * 50, 30, "xx…")],
)
def test_a_text_is_cut_to_its_room(text: str, room: float, shown: str) -> None:
    assert cut(text, 12, room) == shown
    assert width(shown, 12) <= max(room, width(text, 12) if text == shown else 0)


def test_one_line_of_what_can_be_drawn() -> None:
    assert drawable("a\tb\r\nc\u2028d\u00a0e\u200b") == "a b c d e"


def test_bars_are_as_high_as_their_numbers_and_say_their_sums() -> None:
    drawing = bars([("kind-business", [2, 0]), ("kind-sleep", [1, 3])], ["1 Nov", "<8 Nov>"], "Calls")
    document = ET.fromstring(drawing)  # noqa: S314 - our own drawing
    heights = [float(bar.attrib["height"]) for bar in document.iter("rect")]
    assert heights == [pytest.approx(heights[3] * share, abs=0.1) for share in (2 / 3, 0, 1 / 3, 1)]
    assert [text.text for text in document.iter("text")] == ["3", "3", "1 Nov", "<8 Nov>"]


def test_a_picture_of_the_list_says_what_narrows_it_down(
    lead: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents: list[str] = []
    monkeypatch.setattr("toban.web.insights.pictures.picture", lambda svg: documents.append(svg) or b"")
    lead.get(f"/incidents.png?{DAYS}&service=S1&only=escalated&weekday=2&hour=10&q=Incident&lang=en")
    (document,) = documents
    days = "2026-03-01 – 2026-03-22 (UTC)"
    narrowed = "escalated unanswered · Tuesday · 10:00–10:59 · Incident"
    assert f"{days} · Service: shop · {narrowed}" in words(ET.fromstring(document))  # noqa: S314 - our own

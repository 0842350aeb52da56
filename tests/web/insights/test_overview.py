"""The overview shows what `toban metrics` says for the same incidents, and nothing that harms."""

import csv
import math
import re
import struct
from datetime import date
from html import unescape
from io import StringIO

import pytest

from insights_warehouse import desk, publish, visit
from toban.clients.insights.uptime import read_uptime
from toban.clients.warehouse import Choice, metrics
from toban.locale import language
from toban.web.insights import definitions, overview, tables
from toban.web.insights.cards import share_or_dash, signed_points

SAY = language("en")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    directory = tmp_path_factory.mktemp("warehouse")
    publish(directory)
    return directory


@pytest.fixture(scope="module")
def viewer(folder):
    with visit((overview.section(desk(folder)), definitions.section())) as client:
        yield client


def figures(page):
    """The figure of each card, by its heading."""
    found = re.findall(
        r'<h2>([^<]+?)\s*<span class="what">.*?<p class="figure"><a[^>]*>([^<]+)</a>', page, re.DOTALL
    )
    return {unescape(title): unescape(figure) for title, figure in found}


CHOICES = {
    "": {},
    "&service=S1": {"service_id": ["S1"]},
    "&service=S1&service=S2&urgency=low": {"service_id": ["S1", "S2"], "urgency": ["low"]},
    "&team=T1&priority=P1": {"team_id": ["T1"], "priority": ["P1"]},
    "&policy=E1&tool=Datadog": {"policy_id": ["E1"], "monitoring_tool": ["Datadog"]},
    "&service=none": {"service_id": ["none"]},
}


@pytest.mark.parametrize("query", CHOICES)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/St_Johns"])
def test_the_figures_are_those_of_toban_metrics(viewer, folder, query, zone):
    page = viewer.get(f"/?since=2026-03-05&until=2026-03-18&tz={zone}{query}").text
    with desk(folder).snapshots.read() as snapshot:
        (expected,) = metrics(
            snapshot, by=(), since=_day(5), until=_day(18), time_zone=zone, only=CHOICES[query]
        )
    shown = figures(page)
    assert shown["Incidents"] == SAY.number(expected["incidents"])
    assert shown["MTTA"] == SAY.duration(expected["mtta_mean_s"])
    assert shown["MTTR"] == SAY.duration(expected["mttr_mean_s"])
    for name in ("p50", "p90"):
        assert SAY.duration(expected[f"mtta_{name}_s"]) in page


@pytest.mark.parametrize("unit", ["day", "week", "month"])
def test_the_trend_s_download_is_what_toban_metrics_prints(viewer, folder, unit):
    text = viewer.get(f"/trend.csv?since=2026-03-05&until=2026-03-18&by={unit}&service=S1").text
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))
    with desk(folder).snapshots.read() as snapshot:
        expected = metrics(snapshot, by=(unit,), since=_day(5), until=_day(18), only={"service_id": ["S1"]})
    assert [{name: row[name] for name in expected[0]} for row in rows] == [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in expected
    ]


@pytest.mark.parametrize("of", ["mtta", "mttr"])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_trend_is_a_picture_too(viewer, of, lang):
    answer = viewer.get(f"/trend.png?of={of}&lang={lang}&since=2026-03-02&until=2026-03-20")
    width, height = struct.unpack(">II", answer.content[16:24])
    assert (answer.headers["content-type"], answer.content[:4], width) == ("image/png", b"\x89PNG", 1280)
    assert height > 400
    assert len(answer.content) > 10_000  # lines and letters: an empty picture has a tenth of it


def test_there_is_no_other_picture(viewer):
    assert viewer.get("/trend.png?of=password").status_code == 400


def test_a_quiet_day_is_shown_as_quiet(viewer):
    page = viewer.get("/?since=2026-02-20&until=2026-03-03&by=day").text
    table = page.split("<tbody>")[-1]
    assert table.count('<th scope="row"><a href="/incidents?by=day&amp;since=2026-') == 12
    assert re.search(r'>2026-02-20</a></th><td class="number">0</td>\s*<td class="number">–</td>', table)


def test_a_period_that_the_warehouse_does_not_hold_is_not_compared_with(viewer):
    assert "Nothing is compared" in viewer.get("/?since=2026-03-02&until=2026-03-10").text
    page = viewer.get("/?since=2026-03-12&until=2026-03-18").text
    assert "Nothing is compared" not in page
    assert "against before" in page or "too few to compare" in page
    assert "against before" not in viewer.get("/?since=2026-03-12&until=2026-03-18&compare=none").text


def test_names_and_filters_are_escaped(viewer):
    page = viewer.get('/?tz=UTC&service=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&team="onload=x').text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(
    "query",
    ["tz=Mars/Base", "tz=localtime", "since=yesterday", "since=0001-01-01", "until=9999-12-31", "period=2d",
     "by=year", "compare=x", "since=2026-03-05&until=2026-03-01", "service=" + "x" * 201,
     "&".join(["team=a"] * 101), "since=2026-02-30"],
)  # fmt: skip
def test_a_filter_that_is_none_is_refused_in_words(viewer, query):
    answer = viewer.get(f"/?{query}")
    assert answer.status_code == 400
    assert "Choose it anew from the filters" in answer.text


@pytest.mark.parametrize(
    "query", ["", "period=7d", "period=365d&by=day", "since=2000-01-01&until=2100-12-31&by=day"]
)
def test_every_period_is_answered(viewer, query):
    assert viewer.get(f"/?{query}").status_code == 200


def test_links_carry_the_filters(viewer):
    page = unescape(viewer.get("/?period=28d&service=S1").text)
    assert 'href="/incidents?period=28d&service=S1&only=escalated"' in page
    assert 'href="/definitions?period=28d&service=S1#mtta"' in page
    assert 'href="/?service=S1&period=7d"' in page


def test_the_day_on_which_announcements_began_is_marked_where_it_lies(viewer):
    assert "announcements began" in viewer.get("/?since=2026-03-02&until=2026-03-20").text
    assert "announcements began" not in viewer.get("/?since=2026-03-12&until=2026-03-20").text


def test_the_page_speaks_japanese(viewer):
    page = viewer.get("/?lang=ja").text
    assert set(figures(page)) >= {"インシデント", "平均確認時間(MTTA)", "平均対応時間(MTTR)", "割り込み"}
    viewer.get("/?lang=en")


def _day(n):
    return date(2026, 3, n)


def test_the_uptime_is_that_of_the_services(viewer, folder):
    days = "since=2026-03-05&until=2026-03-18"
    page = viewer.get(f"/?{days}").text
    with desk(folder).snapshots.read() as snapshot:
        up = read_uptime(snapshot, Choice(_day(5), _day(18)))
    assert up.open_s > 0
    assert figures(page)["Uptime"] == f"{math.floor(up.share * 10_000) / 100:.2f}%"
    assert f"{SAY.duration(up.open_s)} open, the mean of 2 services" in page
    served = visit(tables.sections(desk(folder))).get(f"/services.csv?{days}").text.removeprefix("\ufeff")
    assert {row["id"]: float(row["uptime"]) for row in csv.DictReader(StringIO(served))} == {
        id_: pytest.approx(up.of(id_)) for id_ in ("S1", "S2")
    }


def test_uptime_by_day_stands_in_the_download(viewer):
    text = viewer.get("/trend.csv?since=2026-03-05&until=2026-03-18&by=day").text
    shares = [float(row["uptime"]) for row in csv.DictReader(StringIO(text.removeprefix("\ufeff")))]
    assert all(0.9 < share <= 1 for share in shares)
    assert min(shares) < 1


@pytest.mark.parametrize(
    ("share", "shown"), [(1.0, "100.00%"), (0.999999, "99.99%"), (0.9312, "93.12%"), (None, "–")]
)
def test_what_was_not_up_all_the_time_is_not_shown_as_such(share, shown):
    assert share_or_dash(share, SAY) == shown


def test_uptime_of_low_urgency_alone_is_none(viewer):
    assert figures(viewer.get("/?urgency=low").text)["Uptime"] == "–"


def marked(page):
    """Each chart's marks: the label, and the height at which it stands."""
    drawings = re.findall(r"<figure class=.chart wide.>(.*?)</figure>", page, re.DOTALL)
    found = r'<text class="mark-label"[^>]* y="([\d.]+)"[^>]*>([^<]*)</text>'
    return [[(unescape(label), float(y)) for y, label in re.findall(found, drawing)] for drawing in drawings]


def test_days_of_the_settings_are_marked_and_none_hides_another(viewer):
    page = viewer.get("/?since=2026-03-02&until=2026-03-20&lang=en").text
    both = marked(page)
    assert both[0] == both[1] == [("announcements began", 14), ("a new rule", 27.5), ("<b>&release", 14)]


def test_a_marker_speaks_japanese_where_it_can(viewer):
    page = viewer.get("/?since=2026-03-11&until=2026-03-22&by=week&lang=ja").text
    assert [label for label, _ in marked(page)[0]] == ["当番通知の開始", "新しいルール", "<b>&release"]
    viewer.get("/?lang=en")


def test_the_page_says_what_its_changes_are_against(viewer):
    days = "since=2026-03-12&until=2026-03-18"
    assert "Changes are against 2026-03-05 – 2026-03-11." in viewer.get(f"/?{days}").text
    assert "Changes are against" not in viewer.get(f"/?{days}&compare=none").text
    assert "Changes are against" not in viewer.get("/?since=2026-03-02&until=2026-03-10").text


def test_a_change_of_the_uptime_is_said_in_points(viewer, folder):
    page = viewer.get("/?since=2026-03-12&until=2026-03-18").text
    with desk(folder).snapshots.read() as snapshot:
        now, before = (read_uptime(snapshot, Choice(_day(n), _day(n + 6))) for n in (12, 5))
    assert min(now.incidents, before.incidents) >= 10
    assert f"{signed_points(now.share - before.share, SAY)}</b>" in page


@pytest.mark.parametrize(
    ("points", "shown"), [(0.0026, "+0.26 points"), (-0.0001, "−0.01 points"), (0.00001, "±0.00 points")]
)
def test_points_have_their_sign(points, shown):
    assert signed_points(points, SAY) == shown

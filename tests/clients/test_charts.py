import struct
import subprocess
import sys

from report_samples import report
from toban.clients import charts
from toban.domain.report.chart import trend_chart
from toban.locale import language


def size(png):
    return struct.unpack(">II", png[16:24])


def test_the_chart_is_as_wide_as_a_phone_shows_it_sharply():
    width, height = size(charts.png("weekly_trend", trend_chart(report(), language("en")).data))
    assert 1400 <= width <= 1800
    assert 700 <= height <= 1000


def test_japanese_is_drawn_and_not_replaced_by_boxes():
    data = trend_chart(report(), language("ja")).data
    other = data | {"titles": [{"mtta": "重複時間解消一覧", "incidents": data["titles"][0]["incidents"]}]}
    same_length = data | {
        "titles": [{"mtta": "警報連絡担当表示", "incidents": data["titles"][0]["incidents"]}]
    }
    assert charts.png("weekly_trend", other) != charts.png("weekly_trend", same_length)


def test_charts_are_drawn_without_loading_matplotlib():
    code = """import sys
from toban.clients import charts
charts._register_font()
print('matplotlib' in sys.modules)"""
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


def test_the_svg_holds_its_words_and_both_themes_differ():
    data = trend_chart(report(), language("ja")).data
    light, dark = charts.svg("weekly_trend", data), charts.svg("weekly_trend", data, "dark")
    assert "インシデント件数の推移" in light
    assert light != dark


def test_words_in_the_data_stay_words():
    data = trend_chart(report(), language("en")).data
    hostile = data | {"titles": [{"mtta": "<script>alert(1)</script>", "incidents": "x"}]}
    assert "<script>" not in charts.svg("weekly_trend", hostile)

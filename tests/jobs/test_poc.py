import re
from html.parser import HTMLParser

import pytest

from report_samples import NOW
from report_warehouse import fill
from toban.clients.warehouse import Warehouse
from toban.jobs.poc import proof_of_concept
from toban.jobs.sync_runs import SyncResult

pytestmark = pytest.mark.slow

CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
SYNCED = SyncResult(168, 700, 12, 1.5)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    made = Warehouse(tmp_path_factory.mktemp("warehouse"))
    with made.write() as writer:
        hostile = '"><script>alert(1)</script>'
        rule = {"escalation_policy_id": "E1", "level": 1, "target_type": "user", "target_id": "U1"}
        writer.merge("escalation_policies", [{"id": "E1", "name": hostile}])
        writer.merge("escalation_rules", [rule])
        fill(writer)
        writer.merge("services", [{"id": "S1", "name": hostile, "escalation_policy_id": "E1"}])
        writer.rebuild_models()
        writer.publish()
    return made


@pytest.fixture(scope="module")
def made(warehouse):
    return {code: write(warehouse, code) for code in ("en", "ja")}


def write(warehouse, code, **more):
    return proof_of_concept(warehouse, SYNCED, days=84, now=NOW, language_code=code, goal_s=300, **more)


class Tags(HTMLParser):
    """Collects the tags, and the addresses a browser would load."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.loads = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.loads += [value for name, value in attrs if name in {"src", "srcset", "href", "action"}]


@pytest.mark.parametrize("code", ["en", "ja"])
def test_the_page_loads_nothing_and_runs_nothing(made, code):
    found = Tags(made[code])
    assert all(address.startswith("data:image/png;base64,") for address in found.loads)
    assert not {"script", "link", "iframe", "form", "a"} & set(found.tags)
    assert "url(" not in made[code]


def test_names_from_outside_are_text(made):
    assert "<script>" not in made["en"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in made["en"]


def test_the_english_page_holds_no_japanese(made):
    assert not CJK.findall(re.sub(r"<style>.*?</style>", "", made["en"], flags=re.S))


def test_the_page_names_nobody(made):
    assert "Aiko" not in made["en"] + made["ja"]


def test_the_picture_says_its_content_for_those_who_do_not_see_it(made):
    (alt,) = re.findall(r'alt="([^"]+)"', made["ja"])
    assert "中央値" in alt


def test_the_zone_is_the_one_most_people_have_unless_it_is_given(warehouse, made):
    assert "(Asia/Tokyo)" in made["en"]
    assert "(Europe/Berlin)" in write(warehouse, "en", time_zone="Europe/Berlin")


def test_a_policy_without_anyone_planned_is_shown_as_a_gap(made):
    assert "28 d without anyone on level 1, next 4 weeks" in made["en"]
    assert "empty too" in made["en"]


def test_every_incident_of_the_period_is_counted(made):
    assert '<p class="value">166</p>' in made["en"]  # of 168: two began on the day before

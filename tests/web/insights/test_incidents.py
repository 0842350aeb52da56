"""The list of incidents and the story of one: found by every filter, harmless whatever a title says."""

import csv
import re
from datetime import timedelta
from html import unescape
from io import StringIO

import pytest

from insights_warehouse import HOSTILE, NOW, desk, publish, visit
from toban.clients.insights.incidents import KINDS
from toban.clients.warehouse import Warehouse, metrics
from toban.domain.runbooks.nouns import AlertText
from toban.errors import SlackRefused
from toban.jobs.triage_alert import triage_alert
from toban.locale import language
from toban.web.insights import incidents

ALL = "since=2026-03-01&until=2026-03-22"
LINKS = re.compile(r'<td class="title"><a href="/incidents/(\w+)[^"]*">([^<]*)</a>')


def runbook(alert: AlertText, code: str) -> incidents.RunbookLink | None:
    if alert.title == "Incident 1":
        return incidents.RunbookLink(
            "shop", f"Shop <{code}>", "Look & see", "https://runbooks.example/shop.md", "phrase “a <b>”"
        )
    return None


def permalink(channel: str, ts: str) -> str:
    if ts == "666":
        return "javascript:alert(1)"
    if ts == "404":
        raise SlackRefused("message_not_found", code="message_not_found")
    return f"https://slack.example/archives/{channel}/p{ts}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    directory = tmp_path_factory.mktemp("warehouse")
    publish(directory)
    with Warehouse(directory).write() as writer:
        writer.merge(
            "notes",
            [{"id": "N1", "incident_id": "Q1", "user_name": "Aiko", "content": "restarted\n<img src=x>"}],
        )
        writer.merge(
            "alerts", [{"id": "A1", "incident_id": "Q1", "summary": HOSTILE, "severity": "critical"}]
        )
        writer.merge(
            "ledger_messages",
            [
                {"key": f"alert:{id_}", "kind": "alert", "channel": "C1", "ts": ts, "status": "posted"}
                for id_, ts in (("Q1", "17.1"), ("Q2", "666"), ("Q3", "404"))
            ],
        )
        writer.merge("log_entries", [{"id": "RX", "incident_id": "QX", "type": "strange", "summary": HOSTILE,
                                      "created_at": NOW - timedelta(days=2)}])  # fmt: skip
        writer.rebuild_models()
        writer.publish()
    return directory


@pytest.fixture(scope="module")
def section(folder):
    return incidents.section(desk(folder), runbook, permalink, triage_alert)


@pytest.fixture(scope="module")
def viewer(section):
    return visit((section,))


def listed(client, query):
    """The ids on the page, in order, and the number above them."""
    page = client.get(f"/incidents?{query}").text
    number = re.search(r"<h2>([\d,]+) incidents?</h2>", page)
    return [id_ for id_, _ in LINKS.findall(page)], int(number[1].replace(",", ""))


def test_the_list_has_as_many_as_the_figure_says(viewer, folder):
    with desk(folder).snapshots.read() as snapshot:
        (row,) = metrics(snapshot, by=(), only={"service_id": ["S1"], "urgency": ["high"]})
    ids, number = listed(viewer, f"{ALL}&service=S1&urgency=high")
    assert number == len(ids) == row["incidents"] > 5


def test_the_newest_come_first_fifty_to_a_page(viewer):
    ids, number = listed(viewer, ALL)
    assert (ids[:2], number, len(ids)) == (["QX", "Q39"], 41, 41)
    assert listed(viewer, f"{ALL}&page=2") == ([], 41)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=Incident 17", ["Q17"]),
        ("q=iNCIDENT 17", ["Q17"]),
        ("q=17", ["Q17"]),
        ("q=%2317", ["Q17"]),
        ("q=Q17", ["Q17"]),
        ("q=%25", []),
        ("q=%3Cscript%3E", ["QX"]),
        ("q=' or 1=1 --", []),
        ("only=open", ["QX"]),
        ("only=unacknowledged", ["QX"]),
        ("weekday=2&hour=10&tz=UTC", ["Q2"]),
        ("weekday=2&hour=19&tz=Asia/Tokyo", ["Q2"]),
        ("priority=P1&service=S2&tool=Datadog&q=5", ["Q5", "Q15", "Q25", "Q35"]),
    ],
)
def test_filters_find_what_they_say(viewer, query, expected):
    ids, number = listed(viewer, f"{ALL}&{query}")
    assert (sorted(ids), number) == (sorted(expected), len(expected))


def test_narrowing_down_further_keeps_what_was_chosen(viewer):
    page = viewer.get(f"/incidents?{ALL}&hour=0&weekday=1&only=escalated&uncounted=1").text
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.split("</form>")[0]))
    assert {name: kept[name] for name in ("hour", "weekday", "only", "uncounted", "sort")} == {
        "hour": "0", "weekday": "1", "only": "escalated", "uncounted": "1", "sort": "newest",
    }  # fmt: skip
    assert 'href="/incidents.csv?since=2026-03-01&amp;until=2026-03-22&amp;hour=0&amp;weekday=1' in page


def test_every_kind_has_words_and_can_be_asked_for(viewer):
    assert incidents.kinds(language("en")).keys() == set(KINDS)
    counted = {kind: listed(viewer, f"{ALL}&only={kind}")[1] for kind in KINDS}
    assert counted == {
        "acknowledged": 40, "unacknowledged": 1, "resolved": 40, "open": 1, "escalated": 40, "by_hand": 0,
        "reassigned": 0, "automatic": 0, "interrupting": 40, "sleep": counted["sleep"],
        "never_acknowledged": 0, "reopened": 0,
    }  # fmt: skip
    assert 0 < counted["sleep"] < 40


@pytest.mark.parametrize("order", ["acknowledge", "resolve", "interruptions"])
def test_the_list_can_be_sorted_by_what_hurts(viewer, order):
    ids, _ = listed(viewer, f"{ALL}&sort={order}")
    assert ids[-1] == "QX"
    assert order != "acknowledge" or ids[0] == "Q39"


@pytest.mark.parametrize(
    "query",
    ["only=x", "sort=x", "page=0", "page=-1", "page=1e9", "page=99999999999999999999", "weekday=8", "hour=24",
     "hour=x", "weekday=²", "q=" + "x" * 201],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(viewer, query):
    assert viewer.get(f"/incidents?{query}").status_code == 400


def test_a_hostile_title_stays_a_text(viewer):
    for page in (viewer.get(f"/incidents?{ALL}").text, viewer.get("/incidents/QX").text):
        assert "<script>alert" not in page
        assert HOSTILE in unescape(page)
        assert "javascript:" not in page
    assert "<img src=x>" not in viewer.get("/incidents/Q1").text


def test_a_spreadsheet_does_not_compute_a_title(viewer):
    text = viewer.get(f"/incidents.csv?{ALL}").text
    rows = {row["incident_id"]: row for row in csv.DictReader(StringIO(text.removeprefix("\ufeff")))}
    assert len(rows) == 41
    assert rows["QX"]["title"] == HOSTILE
    assert rows["Q1"]["created_at"] == "2026-03-02T23:00:00+00:00"


def test_a_story_tells_the_log_in_words(viewer):
    page = unescape(viewer.get("/incidents/Q1?tz=Asia/Tokyo").text)
    told = re.findall(r'<span class="when">([\d:]+).*?<span class="what-happened">([^<]*)', page, re.DOTALL)
    assert told[0] == ("08:00:00", "Triggered by Datadog")
    assert ("08:05:00", "Escalated to Cai: nobody had acknowledged") in told
    assert ("08:06:41", "Acknowledged by Cai") in told
    assert told[-1] == ("09:00:00", "Resolved by Cai")
    assert "restarted" in page


def test_who_was_called_is_for_those_who_may_see_persons(section):
    viewer, lead = visit((section,)), visit((section,), "lead")
    general, restricted = (client.get("/incidents/Q1").text for client in (viewer, lead))
    assert "Somebody was told by push" in general
    assert "Ben was told by push" not in general
    assert "Who was called" not in general
    assert "Ben was told by push" in restricted
    told, interrupted = (
        '<td class="number">1</td>',
        '<td class="number">1 <span class="badge">1 in sleep</span>',
    )
    assert f'<th scope="row">Cai</th>{told}{interrupted}' in restricted


def test_a_kind_not_known_is_told_in_pagerduty_s_own_words(viewer):
    assert unescape(HOSTILE) in unescape(viewer.get("/incidents/QX").text.split("timeline")[1])


def test_the_runbook_is_that_of_the_alert_in_the_reader_s_language(viewer):
    page = viewer.get("/incidents/Q1?lang=ja").text
    assert "Shop &lt;ja&gt;</a>" in page
    assert 'href="https://runbooks.example/shop.md" data-outside' in page
    assert "理由: phrase “a &lt;b&gt;”" in page
    assert "候補:" not in page
    assert "No runbook fits this alert." in viewer.get("/incidents/Q2?lang=en").text


def test_the_thread_leads_into_slack(viewer):
    assert '/incidents/Q1/thread"' in viewer.get("/incidents/Q1").text
    answer = viewer.get("/incidents/Q1/thread")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "https://slack.example/archives/C1/p17.1",
    )


@pytest.mark.parametrize(("id_", "status"), [("Q2", 404), ("Q3", 503), ("Q4", 404), ("none", 404)])
def test_no_other_address_is_followed(viewer, id_, status):
    assert viewer.get(f"/incidents/{id_}/thread").status_code == status


def test_an_unknown_incident_is_not_there(viewer):
    assert viewer.get("/incidents/none").status_code == 404


def test_a_story_speaks_japanese(viewer):
    page = viewer.get("/incidents/Q1?lang=ja").text
    assert "Cai が確認" in page
    assert "担当者にプッシュ通知で通知" in page
    viewer.get("/incidents?lang=en")


@pytest.mark.parametrize(
    "query", ["weekday=0000000019", "hour=0000000000123", "page=000000001" + "9" * 30, "weekday=8", "hour=-1"]
)
def test_a_number_that_is_none_of_the_allowed_is_refused(viewer, query):
    assert viewer.get(f"/incidents?{query}").status_code == 400


def test_an_incident_that_is_not_stored_may_only_be_too_new(viewer):
    answer = viewer.get("/incidents/QNEW?lang=en")
    assert answer.status_code == 404
    assert "here a few minutes later" in answer.text
    assert "here a few minutes later" not in viewer.get("/nothing?lang=en").text

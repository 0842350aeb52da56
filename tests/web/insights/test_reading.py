"""An incident's page is read beforehand: verdict, similar incidents, and what its thread was told then."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from insights_warehouse import desk, visit
from toban.errors import WarehouseError
from toban.jobs.train_triage import train_triage
from toban.jobs.triage_alert import triage_alert
from toban.web.insights import incidents
from toban.web.insights.reading import ReadAlert
from triage_samples import NOW, history_of

NOISE, WORK, EARLY = "Q388", "Q389", "Q3"


def told(incident: str, **more: object) -> dict[str, object]:
    usual = {
        "incident_id": incident,
        "said_at": NOW - timedelta(hours=12),
        "verdict": "needs_action",
        "reason": "history",
        "probability": 0.12,
        "like_ended": 1,
        "like_of": 20,
        "model": "2026-10-25T18:30:00Z",
        "runbook_id": "queue-<b>",
    }
    return usual | more


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("warehouse")
    warehouse = history_of(directory)
    train_triage(warehouse, NOW)
    with warehouse.write() as writer:
        answers = {"Q1": "no_action", "Q2": "runbook_helped"}
        writer.merge(
            "alert_feedback", [{"incident_id": id_, "answer": each} for id_, each in answers.items()]
        )
        writer.merge("alert_readings", [told(NOISE), told(WORK, verdict="of a newer Toban")])
        notes = [
            {"id": f"N{n}", "incident_id": f"Q{n}", "user_name": "Ben <i>", "content": "<script>x"}
            for n in range(101, 380, 2)
        ]
        writer.merge("notes", notes)
        writer.rebuild_models()
        writer.publish()
    return directory


def client(folder: Path, read: ReadAlert = triage_alert, *, weeks: int = 0) -> httpx.Client:
    at_hand = replace(desk(folder), now=lambda: NOW + timedelta(weeks=weeks))
    section = incidents.section(at_hand, lambda *_: None, lambda *_: "", read)
    return visit((section,))


@pytest.fixture(scope="module")
def viewer(folder: Path) -> httpx.Client:
    return client(folder)


def test_the_verdict_stands_there_with_what_it_rests_on(viewer: httpx.Client) -> None:
    page = viewer.get(f"/incidents/{NOISE}?lang=en").text
    assert re.search(r'class="verdict good">Likely resolves by itself \(9\d%\)\.', page)
    assert "of the last 50 like this resolved by themselves, nobody acted" in page
    assert "model of 2026-11-02" in page
    assert "Needs action" in viewer.get(f"/incidents/{WORK}?lang=en").text


def test_what_the_thread_was_told_is_kept_apart_from_what_is_said_now(viewer: httpx.Client) -> None:
    page = viewer.get(f"/incidents/{NOISE}?lang=en").text
    assert re.search(
        r"The thread was told, Sun 1 Nov[^<]*:</span> Needs action \(12% that it resolves by itself\)\.",
        page,
    )
    assert "queue-&lt;b&gt;" in page


def test_a_verdict_of_a_newer_toban_is_left_out(viewer: httpx.Client) -> None:
    page = viewer.get(f"/incidents/{WORK}?lang=en")
    assert page.status_code == 200
    assert page.text.count("The thread was told") == 1  # which runbook it was


def test_five_similar_incidents_lead_to_their_pages_and_say_how_they_ended(viewer: httpx.Client) -> None:
    page = viewer.get(f"/incidents/{WORK}?lang=en&tz=UTC").text
    similar = page.split("Similar incidents")[1]
    assert len(re.findall(r'href="/incidents/Q\d+\?tz=UTC"', similar)) == 5
    assert similar.count("Aiko handled it, 2 h") == 5
    assert "&lt;script&gt;x</q>" in similar
    assert "Ben &lt;i&gt;" in similar
    assert "<script>x" not in page


def test_what_people_said_of_it_stands_there(viewer: httpx.Client) -> None:
    said = "People said that"
    pages = [viewer.get(f"/incidents/Q{n}?lang=en").text.partition(said)[2] for n in (1, 2, 4)]
    assert [page.partition("<")[0] for page in pages] == [
        " no action was needed.",
        " its runbook helped.",
        "",
    ]


def test_it_is_read_with_what_was_before_it(viewer: httpx.Client) -> None:
    page = viewer.get(f"/incidents/{EARLY}?lang=en").text
    assert "Needs a person: only" in page


def test_without_a_model_or_with_an_old_one_the_page_says_so(folder: Path, tmp_path: Path) -> None:
    assert (
        "triage was not trained for weeks" in client(folder, weeks=9).get(f"/incidents/{NOISE}?lang=en").text
    )
    history_of(tmp_path, 40)
    page = client(tmp_path).get("/incidents/Q30?lang=en")
    assert page.status_code == 200
    assert "triage has no trained model" in page.text


def test_where_triage_cannot_be_asked_the_page_is_there_all_the_same(folder: Path) -> None:
    def broken(*_: object) -> None:
        raise WarehouseError("The disk is gone.")

    page = client(folder, broken).get(f"/incidents/{NOISE}?lang=en")
    assert page.status_code == 200
    assert "Triage cannot be asked now" in page.text
    assert "Course" in page.text


def test_a_snapshot_from_before_this_version_costs_the_panel_alone(tmp_path: Path) -> None:
    warehouse = history_of(tmp_path, 40)
    with warehouse.write() as writer:
        writer.execute("drop table alert_readings")
        writer.publish()
    page = client(tmp_path).get("/incidents/Q30?lang=en")
    assert page.status_code == 200
    assert "Triage cannot be asked now" in page.text


def test_in_japanese(viewer: httpx.Client) -> None:
    page = viewer.get(f"/incidents/{NOISE}?lang=ja").text
    assert "自然に復旧する見込みです" in page
    assert "スレッドに伝えた内容" in page
    assert "類似のインシデント" in page

"""Who is on call, and the coming four weeks: gaps are shown, what was not read yet is none."""

import csv
import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from io import StringIO

import pytest

from insights_warehouse import NOW, desk, visit
from toban.clients.warehouse import Warehouse
from toban.web.insights import oncall

DAY = timedelta(days=1)
MIDNIGHT = datetime(2026, 3, 22, tzinfo=UTC)


def shift(user, start, end, level=1, policy="E1", schedule="SC1"):
    return {
        "escalation_policy_id": policy,
        "level": level,
        "schedule_id": schedule,
        "user_id": user,
        "start_at": None if start is None else MIDNIGHT + start * DAY,
        "end_at": None if end is None else MIDNIGHT + end * DAY,
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    directory = tmp_path_factory.mktemp("warehouse")
    rules = [("E1", 1, "SC1"), ("E1", 2, "U3"), ("E2", 1, "SC2")]
    with Warehouse(directory).write() as writer:
        writer.merge(
            "users",
            [{"id": "U1", "name": "Aiko"}, {"id": "U2", "name": "Ben"}, {"id": "U3", "name": "<b>Cai"}],
        )
        writer.merge("schedules", [{"id": "SC1", "name": "Primary"}])
        writer.merge(
            "escalation_policies",
            [{"id": "E1", "name": "shop", "team_ids": ["T1"]}, {"id": "E2", "name": "mail"}],
        )
        writer.merge(
            "escalation_rules",
            [
                {
                    "escalation_policy_id": p,
                    "level": n,
                    "target_type": "schedule",
                    "target_id": t,
                    "delay_s": 60,
                }
                for p, n, t in rules
            ],
        )
        writer.merge(
            "oncall_shifts",
            [
                shift("U1", -3, 2),
                shift("U2", 2, 9),
                shift("U1", 10, 20),
                shift("U2", 15, 20),
                shift("U3", None, None, level=2, schedule=None),
                shift("U2", -9, -2, policy="E2", schedule="SC2"),
            ],
        )
        writer.merge(
            "schedule_overrides",
            [
                {"id": "O1", "schedule_id": "SC1", "user_id": "U2"}
                | {"start_at": MIDNIGHT + 3 * DAY, "end_at": MIDNIGHT + 4 * DAY},
                {"id": "O2", "schedule_id": "SC9", "user_id": "U2"}
                | {"start_at": MIDNIGHT + 3 * DAY, "end_at": MIDNIGHT + 4 * DAY},
                {"id": "O3", "schedule_id": "SC1", "user_id": "U1"}
                | {"start_at": MIDNIGHT - 3 * DAY, "end_at": MIDNIGHT - 1 * DAY},
            ],
        )
        writer.set_state(
            "shifts", json.dumps([[(MIDNIGHT - 99 * DAY).isoformat(), (MIDNIGHT + 20 * DAY).isoformat()]])
        )
        writer.rebuild_models()
        writer.publish()
    return directory


@pytest.fixture(scope="module")
def viewer(folder):
    return visit((oncall.section(desk(folder)),))


def downloaded(client, query):
    text = client.get(f"/on-call.csv?{query}").text.removeprefix("\ufeff")
    return list(csv.DictReader(StringIO(text)))


def rows(client, query=""):
    """The shifts and gaps, without the overrides."""
    return [
        (row["escalation_policy"], int(row["level"]), row["person"], row["start"][5:16], row["end"][5:16])
        for row in downloaded(client, query)
        if row["override"] == "False"
    ]


def test_an_override_is_shown_as_such(viewer):
    found = [row for row in downloaded(viewer, "") if row["override"] == "True"]
    assert [(row["escalation_policy"], row["level"], row["person"], row["schedule"]) for row in found] == [
        ("shop", "1", "Ben", "Primary")
    ]
    page = viewer.get("/on-call?policy=E1").text
    assert page.count('<span class="quiet small">override</span>') == 1
    assert ">Overrides</text>" in page


def test_shifts_and_gaps_follow_each_other(viewer):
    assert [row[1:] for row in rows(viewer, "policy=E1")] == [
        (1, "Aiko", "03-22T00:00", "03-24T00:00"),
        (1, "Ben", "03-24T00:00", "03-31T00:00"),
        (1, "", "03-31T00:00", "04-01T00:00"),
        (1, "Aiko", "04-01T00:00", "04-11T00:00"),
        (1, "Ben", "04-06T00:00", "04-11T00:00"),
        (2, "<b>Cai", "03-22T00:00", "04-19T00:00"),
    ]


def test_a_level_without_anybody_is_a_gap_as_far_as_shifts_are_known(viewer):
    assert rows(viewer, "policy=E2") == [("mail", 1, "", "03-22T00:00", "04-11T00:00")]


def test_days_begin_on_the_clock_of_the_zone(viewer):
    assert rows(viewer, "policy=E1&tz=Asia/Tokyo")[0][3:] == ("03-21T15:00", "03-24T00:00")


def test_who_is_on_call_now_and_who_follows(viewer):
    page = unescape(re.sub("<[^>]+>", " ", viewer.get("/on-call?policy=E1").text))
    told = " ".join(page.split())
    assert "Level 1 Aiko until Tue 24 Mar 00:00 → Ben Tue 24 Mar 00:00 Level 2 <b>Cai" in told
    assert "1 gap in the coming four weeks" in told


def test_nobody_is_said_aloud(viewer):
    page = viewer.get("/on-call?policy=E2").text
    assert (
        '<span class="badge bad">Nobody is on call</span>' in page.split("now-on-call")[1].split("</ul>")[0]
    )


def test_two_at_once_do_not_lie_upon_each_other(viewer):
    drawing = viewer.get("/on-call?policy=E1").text.split("<svg")[1].split("</svg>")[0]
    assert (
        len(set(re.findall(r'<g class="who[^>]*><rect x="[\d.]+" y="(\d+)"', drawing))) == 4
    )  # and the override's
    assert drawing.count('class="gap"') == 1


def test_names_are_escaped(viewer):
    page = viewer.get("/on-call").text
    assert "<b>Cai" not in page
    assert "&lt;b&gt;Cai" in page


@pytest.mark.parametrize(
    ("query", "policies"), [("", ["mail", "shop"]), ("team=T1", ["shop"]), ("team=none", [])]
)
def test_a_team_s_policies_alone(viewer, query, policies):
    page = viewer.get(f"/on-call?{query}").text
    assert re.findall(r"<header><h2>(\w+)</h2>", page) == policies
    assert ("No escalation policy fits" in page) is not bool(policies)


def test_before_any_shift_was_read_nothing_is_a_gap(tmp_path):
    with Warehouse(tmp_path).write() as writer:
        writer.merge("escalation_policies", [{"id": "E1", "name": "shop"}])
        writer.merge(
            "escalation_rules",
            [{"escalation_policy_id": "E1", "level": 1, "target_type": "user", "target_id": "U1"}],
        )
        writer.rebuild_models()
        writer.publish()
    assert rows(visit((oncall.section(desk(tmp_path)),))) == []
    assert NOW > MIDNIGHT

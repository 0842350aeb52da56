"""Reading over HTTP: keys, windows, pages, ceilings, who is on call."""

from datetime import timedelta

import httpx
import pytest

from sandbox.pagerduty.account import (
    AIKO,
    BATCH,
    BEN,
    CARLA,
    CHECKOUT,
    NOON,
    POLICY,
    SCHEDULE,
    TEAM,
    Clock,
    small_world,
    triggered,
)
from sandbox.pagerduty.conftest import HEADERS
from sandbox_server import running
from toban.sandbox.pagerduty import World, create_app
from toban.sandbox.pagerduty.life.actors import by_user
from toban.sandbox.pagerduty.life.statuses import resolve
from toban.sandbox.pagerduty.wire import wire


def at(**length: float) -> str:
    return wire(NOON + timedelta(**length))


def test_a_key_is_needed_and_a_bad_one_refused(api: httpx.Client) -> None:
    for key in ("", "Token token=invalid", "Basic abc"):
        refused = api.get("/abilities", headers={"Authorization": key})
        assert refused.status_code == 401
        assert refused.json()["error"]["code"] == 2006
    assert api.get("/abilities", headers={"Authorization": "Bearer anything"}).status_code == 200


def test_every_answer_tells_how_much_of_the_rate_limit_is_left(api: httpx.Client) -> None:
    first, second = api.get("/abilities"), api.get("/abilities")
    assert first.headers["ratelimit-limit"] == "960"
    assert int(second.headers["ratelimit-remaining"]) == int(first.headers["ratelimit-remaining"]) - 1
    assert 0 < int(second.headers["ratelimit-reset"]) <= 60


def test_one_request_too_many_is_refused_for_that_key_alone() -> None:
    with running(create_app(small_world(), requests_per_minute=2, ticking=False)) as url:
        codes = [httpx.get(f"{url}/abilities", headers=HEADERS).status_code for _ in range(3)]
        other = httpx.get(f"{url}/abilities", headers={"Authorization": "Token token=other"})
        refused = httpx.get(f"{url}/abilities", headers=HEADERS)
    assert codes == [200, 200, 429]
    assert other.status_code == 200
    assert refused.json() == {"error": {"message": "Rate Limit Exceeded", "code": 2020}}
    assert refused.headers["ratelimit-remaining"] == "0"


def test_an_account_key_has_no_owner_but_a_users_key_has(api: httpx.Client) -> None:
    assert "account-level" in api.get("/users/me").json()["error"]
    mine = api.get("/users/me", headers={"Authorization": f"Token token=u+{BEN}"})
    assert mine.json()["user"]["id"] == BEN


def test_contact_methods_are_references_unless_included(api: httpx.Client) -> None:
    bare = api.get(f"/users/{AIKO}").json()["user"]
    assert {one["type"] for one in bare["notification_rules"]} == {"assignment_notification_rule_reference"}
    full = api.get(f"/users/{AIKO}", params={"include[]": ["contact_methods", "notification_rules"]}).json()[
        "user"
    ]
    assert full["contact_methods"][0]["address"] == f"push_notification-{AIKO}"
    assert (full["email"], full["time_zone"]) == ("aiko@example.com", "Asia/Tokyo")


def test_an_unknown_thing_is_not_found_in_pagerdutys_words(api: httpx.Client) -> None:
    for path in ("/users/NOBODY", "/incidents/Q0", "/log_entries/R0", "/nowhere"):
        missing = api.get(path)
        assert (missing.status_code, missing.json()["error"]["code"]) == (404, 2100)


def test_incidents_come_from_the_last_month_unless_asked_otherwise(
    api: httpx.Client, world: World, clock: Clock
) -> None:
    old = triggered(world, title="old")
    clock.pass_by(days=40)
    new = triggered(world, title="new")
    assert [one["id"] for one in api.get("/incidents").json()["incidents"]] == [new["id"]]
    everything = api.get("/incidents", params={"date_range": "all"}).json()["incidents"]
    assert [one["id"] for one in everything] == [old["id"], new["id"]]
    then = api.get("/incidents", params={"since": at(hours=-1), "until": at(hours=1)}).json()["incidents"]
    assert [one["id"] for one in then] == [old["id"]]


def test_more_than_six_months_are_refused(api: httpx.Client) -> None:
    refused = api.get("/incidents", params={"since": at(days=-200), "until": at()})
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, 2004)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"statuses[]": "resolved"}, ["gone"]),
        ({"statuses[]": ["triggered", "acknowledged"]}, ["quiet", "loud"]),
        ({"urgencies[]": "low"}, ["quiet"]),
        ({"service_ids[]": CHECKOUT}, ["gone", "loud"]),
        ({"team_ids[]": TEAM}, ["gone", "quiet", "loud"]),
        ({"team_ids[]": "TOTHER"}, []),
        ({"user_ids[]": AIKO}, ["quiet", "loud"]),
        ({"incident_key": "key-loud"}, ["loud"]),
        ({"sort_by": "created_at:desc"}, ["loud", "quiet", "gone"]),
        ({"sort_by": "urgency:desc,incident_number:desc"}, ["quiet", "loud", "gone"]),
    ],
)
def test_incidents_are_filtered_and_sorted(
    api: httpx.Client, world: World, clock: Clock, query: dict, titles: list[str]
) -> None:
    for title, service in (("gone", CHECKOUT), ("quiet", BATCH), ("loud", CHECKOUT)):
        incident = triggered(world, service, title)
        clock.pass_by(minutes=1)
        if title == "gone":
            aiko = world.directory.find("users", AIKO)
            assert aiko
            resolve(world, incident, by_user(aiko))
    assert [one["title"] for one in api.get("/incidents", params=query).json()["incidents"]] == titles


def test_the_total_is_only_told_when_asked_for(api: httpx.Client, world: World) -> None:
    for number in range(3):
        triggered(world, title=str(number))
    plain = api.get("/incidents", params={"limit": 2}).json()
    assert (plain["total"], plain["more"], plain["limit"], plain["offset"]) == (None, True, 2, 0)
    counted = api.get("/incidents", params={"limit": 2, "offset": 2, "total": "true"}).json()
    assert (counted["total"], counted["more"], len(counted["incidents"])) == (3, False, 1)


@pytest.mark.parametrize("path", ["/incidents", "/log_entries", "/users", "/oncalls"])
def test_pages_end_at_ten_thousand(api: httpx.Client, path: str) -> None:
    assert api.get(path, params={"limit": 100, "offset": 9900}).status_code == 200
    refused = api.get(path, params={"limit": 100, "offset": 9901})
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, 2001)


def test_no_page_holds_more_than_a_hundred(api: httpx.Client) -> None:
    assert api.get("/users", params={"limit": 500}).json()["limit"] == 100


def test_an_incident_is_found_by_its_number_too(api: httpx.Client, world: World) -> None:
    incident = triggered(world)
    assert api.get(f"/incidents/{incident['incident_number']}").json()["incident"]["id"] == incident["id"]


def test_includes_turn_references_into_objects(api: httpx.Client, world: World) -> None:
    incident = triggered(world)
    include = ["services", "assignees", "teams", "first_trigger_log_entries", "escalation_policies"]
    shown = api.get(f"/incidents/{incident['id']}", params={"include[]": include}).json()["incident"]
    assert shown["service"]["acknowledgement_timeout"] == 1800
    assert shown["assignments"][0]["assignee"]["email"] == "aiko@example.com"
    assert shown["teams"][0]["type"] == "team"
    assert shown["first_trigger_log_entry"]["type"] == "trigger_log_entry"
    assert len(shown["escalation_policy"]["escalation_rules"]) == 2


def test_log_entries_come_newest_first_within_their_window(
    api: httpx.Client, world: World, clock: Clock
) -> None:
    first = triggered(world, title="first")
    clock.pass_by(hours=1)
    second = triggered(world, title="second")
    entries = api.get("/log_entries").json()["log_entries"]
    assert [entry["incident"]["id"] for entry in entries] == [second["id"]] * 3 + [first["id"]] * 3
    assert [entry["type"] for entry in entries[:3]] == [
        "notify_log_entry",
        "assign_log_entry",
        "trigger_log_entry",
    ]
    window = api.get("/log_entries", params={"since": at(hours=-1), "until": at(minutes=30)}).json()[
        "log_entries"
    ]
    assert {entry["incident"]["id"] for entry in window} == {first["id"]}


def test_an_included_incident_is_the_current_one(api: httpx.Client, world: World) -> None:
    incident = triggered(world)
    query = {"include[]": ["incidents", "channels"]}
    before = api.get("/log_entries", params=query).json()["log_entries"][0]["incident"]
    world.touch(incident, title="changed since")
    after = api.get("/log_entries", params=query).json()["log_entries"][0]["incident"]
    assert (before["title"], after["title"]) == ("Payments fail", "changed since")
    assert after["type"] == "incident"


def test_some_accounts_only_get_references_to_incidents() -> None:
    world = small_world(embed_incidents=False)
    triggered(world)
    with running(create_app(world, ticking=False)) as url:
        query = {"include[]": ["incidents"]}
        entry = httpx.get(f"{url}/log_entries", params=query, headers=HEADERS).json()["log_entries"][0]
    assert entry["incident"]["type"] == "incident_reference"


def test_channels_are_mere_types_unless_included(api: httpx.Client, world: World) -> None:
    triggered(world)
    bare = api.get("/log_entries").json()["log_entries"][0]
    assert bare["channel"] == {"type": "auto"}
    full = api.get("/log_entries", params={"include[]": "channels"}).json()["log_entries"][0]
    assert full["channel"]["notification"]["status"] == "success"


def test_an_overview_leaves_out_how_people_were_reached(api: httpx.Client, world: World) -> None:
    incident = triggered(world)
    for path in ("/log_entries", f"/incidents/{incident['id']}/log_entries"):
        entries = api.get(path, params={"is_overview": "true", "total": "true"}).json()
        assert [entry["type"] for entry in entries["log_entries"]] == ["trigger_log_entry"]
        assert entries["total"] == 1


def test_who_is_on_call_now_and_until_when(api: httpx.Client) -> None:
    rows = api.get("/oncalls").json()["oncalls"]
    assert [(row["escalation_level"], row["user"]["id"]) for row in rows] == [(1, AIKO), (2, BEN), (2, CARLA)]
    first = rows[0]
    assert (first["start"], first["end"]) == ("2026-03-02T01:00:00Z", "2026-03-09T01:00:00Z")
    assert first["schedule"]["id"] == SCHEDULE
    direct = rows[2]
    assert (direct["start"], direct["end"], direct["schedule"]) == (None, None, None)


def test_on_calls_of_a_range_are_whole_shifts_that_touch_it(api: httpx.Client) -> None:
    query = {"since": at(), "until": at(days=7), "schedule_ids[]": SCHEDULE}
    rows = api.get("/oncalls", params=query).json()["oncalls"]
    assert [row["user"]["id"] for row in rows] == [AIKO, BEN]
    assert rows[1]["end"] == "2026-03-16T01:00:00Z"
    with_direct = api.get("/oncalls", params={"schedule_ids[]": [SCHEDULE, "null"]}).json()["oncalls"]
    assert len(with_direct) == 3
    full = api.get("/oncalls", params=query | {"include[]": "users"}).json()["oncalls"]
    assert full[0]["user"]["email"] == "aiko@example.com"
    assert api.get("/oncalls", params={"escalation_policy_ids[]": POLICY, "user_ids[]": BEN}).json()[
        "oncalls"
    ]


def test_the_earliest_on_call_of_each_person_can_be_asked_for(api: httpx.Client) -> None:
    query = {"since": at(), "until": at(days=60), "schedule_ids[]": SCHEDULE}
    assert len(api.get("/oncalls", params=query).json()["oncalls"]) > 4
    assert len(api.get("/oncalls", params=query | {"earliest": "true"}).json()["oncalls"]) == 2


def test_a_schedule_is_rendered_only_where_a_range_is_given(api: httpx.Client) -> None:
    bare = api.get(f"/schedules/{SCHEDULE}").json()["schedule"]["final_schedule"]
    assert (bare["rendered_schedule_entries"], bare["rendered_coverage_percentage"]) == ([], None)
    query = {"since": at(), "until": at(days=7)}
    final = api.get(f"/schedules/{SCHEDULE}", params=query).json()["schedule"]["final_schedule"]
    entries = final["rendered_schedule_entries"]
    assert [(entry["start"], entry["user"]["id"]) for entry in entries] == [
        ("2026-03-04T21:00:00+09:00", AIKO),
        ("2026-03-09T10:00:00+09:00", BEN),
    ]
    assert final["rendered_coverage_percentage"] == 100.0
    whole = api.get(f"/schedules/{SCHEDULE}", params=query | {"overflow": "true"}).json()["schedule"]
    assert whole["final_schedule"]["rendered_schedule_entries"][0]["start"] == "2026-03-02T10:00:00+09:00"


def test_a_gap_is_a_missing_entry_and_lowers_the_coverage(api: httpx.Client, world: World) -> None:
    schedule = world.directory.find("schedules", SCHEDULE)
    assert schedule
    schedule["schedule_layers"][0]["end"] = at(days=1)
    query = {"since": at(), "until": at(days=4)}
    final = api.get(f"/schedules/{SCHEDULE}", params=query).json()["schedule"]["final_schedule"]
    assert len(final["rendered_schedule_entries"]) == 1
    assert final["rendered_coverage_percentage"] == 25.0


def test_an_override_changes_who_is_on_call_until_it_is_deleted(api: httpx.Client) -> None:
    override = {"start": at(hours=-1), "end": at(hours=1), "user": {"id": CARLA, "type": "user_reference"}}
    created = api.post(
        f"/schedules/{SCHEDULE}/overrides", json={"overrides": [override, override | {"end": "soon"}]}
    )
    assert [result["status"] for result in created.json()] == [201, 400]
    on_call = {"schedule_ids[]": SCHEDULE}
    assert api.get("/oncalls", params=on_call).json()["oncalls"][0]["user"]["id"] == CARLA
    listed = api.get(f"/schedules/{SCHEDULE}/overrides", params={"since": at(), "until": at(days=1)}).json()
    key = listed["overrides"][0]["id"]
    assert api.delete(f"/schedules/{SCHEDULE}/overrides/{key}").status_code == 204
    assert api.get("/oncalls", params=on_call).json()["oncalls"][0]["user"]["id"] == AIKO
    assert api.get(f"/schedules/{SCHEDULE}/overrides").status_code == 400

"""A restart goes on where it stopped, and a page shows people what there is."""

from pathlib import Path

import httpx

from sandbox.pagerduty.account import AIKO, CARLA, SCHEDULE, Clock, kinds, small_world, triggered
from sandbox.pagerduty.conftest import HEADERS
from sandbox_server import running
from toban.sandbox.pagerduty import World, create_app
from toban.sandbox.pagerduty.engine import tick
from toban.sandbox.pagerduty.life.actors import by_user
from toban.sandbox.pagerduty.life.edits import annotate


def test_a_restart_goes_on_where_it_stopped(tmp_path: Path) -> None:
    clock = Clock()
    override = {"start": "2026-03-04T11:00:00Z", "end": "2026-03-04T14:00:00Z", "user": {"id": CARLA}}
    hook = {"delivery_method": {"url": "http://127.0.0.1:9/"}, "events": ["incident.resolved"]}
    with running(create_app(small_world(clock), state_dir=tmp_path, ticking=False)) as url:
        api = httpx.Client(base_url=url, headers=HEADERS)
        api.post(f"/schedules/{SCHEDULE}/overrides", json={"overrides": [override]})
        key = api.post("/_sandbox/incidents", json={"service": "Checkout"}).json()["incident"]["id"]
        api.post(f"/incidents/{key}/notes", json={"note": {"content": "Before"}})
        asked = hook | {"filter": {"type": "account_reference"}}
        api.post("/webhook_subscriptions", json={"webhook_subscription": asked})
        before = api.get(f"/incidents/{key}").json()
        api.close()

    world = small_world(clock)
    with running(create_app(world, state_dir=tmp_path, ticking=False)) as url:
        assert httpx.get(f"{url}/incidents/{key}", headers=HEADERS).json() == before
        assert (
            httpx.get(f"{url}/incidents/{key}/notes", headers=HEADERS).json()["notes"][0]["content"]
            == "Before"
        )
        assert httpx.get(f"{url}/oncalls", headers=HEADERS).json()["oncalls"][0]["user"]["id"] == CARLA
    assert len(world.subscriptions) == 1
    incident = world.incidents.find(key)
    assert incident
    clock.pass_by(minutes=5)
    tick(world)
    assert kinds(world, incident).count("notify") == 2
    clock.pass_by(minutes=5)
    tick(world)
    assert "escalate" in kinds(world, incident)
    assert triggered(world, title="next")["incident_number"] == incident["incident_number"] + 1


def test_a_deleted_subscription_stays_deleted(tmp_path: Path) -> None:
    asked = {
        "delivery_method": {"url": "http://127.0.0.1:9/"},
        "events": ["x"],
        "filter": {"type": "account_reference"},
    }
    with running(create_app(small_world(), state_dir=tmp_path, ticking=False)) as url:
        created = httpx.post(
            f"{url}/webhook_subscriptions", json={"webhook_subscription": asked}, headers=HEADERS
        )
        key = created.json()["webhook_subscription"]["id"]
        httpx.delete(f"{url}/webhook_subscriptions/{key}", headers=HEADERS)
    world = small_world()
    with running(create_app(world, state_dir=tmp_path)):
        assert world.subscriptions == {}


def test_the_page_says_what_it_is_and_escapes_what_alerts_say(api: httpx.Client, world: World) -> None:
    incident = triggered(world, title="<script>alert(1)</script> & more")
    with world.changing():
        annotate(world, incident, "<b>bold</b>", by_user(world.directory.find("users", AIKO) or {}))
    for path in ("/", f"/incident/{incident['id']}"):
        page = api.get(path)
        assert page.status_code == 200
        assert "Not PagerDuty" in page.text
        assert "<script>" not in page.text
        assert "&lt;script&gt;" in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "&lt;b&gt;bold" in api.get(f"/incident/{incident['id']}").text
    assert api.get("/incident/Q0").status_code == 404


def test_the_page_shows_who_is_on_call(api: httpx.Client) -> None:
    page = api.get("/").text
    assert "Aiko" in page
    assert "2026-03-09T01:00:00Z" in page


def test_buttons_acknowledge_escalate_and_resolve(api: httpx.Client, world: World) -> None:
    incident = triggered(world)

    def press(action: str, **form: str) -> int:
        return api.post(f"/page/incidents/{incident['id']}/{action}", data=form).status_code

    assert press("acknowledge", **{"as": CARLA}) == 303
    entry = world.entries.of(incident["id"])[-1]
    assert (entry["agent"]["id"], entry["channel"]["type"]) == (CARLA, "website")
    assert press("escalate") == 303
    assert incident["assignments"][0]["assignee"]["id"] == CARLA
    assert press("resolve") == 303
    assert incident["status"] == "resolved"
    assert press("resolve") == 400
    assert press("explode") == 404


def test_enter_in_the_form_cannot_press_an_incidents_button(api: httpx.Client, world: World) -> None:
    """A browser presses the first button of the form the cursor is in."""
    triggered(world)
    form = api.get("/").text.split('action="/page/trigger"')[1].split("</form>")[0]
    assert form.count("<button") == 1
    assert "formaction" not in form


def test_the_form_triggers_what_it_says(api: httpx.Client, world: World) -> None:
    form = {"service": "SCHECKOUT", "summary": "Cannot pay", "severity": "critical"}
    assert api.post("/page/trigger", data=form).status_code == 303
    (incident,) = world.incidents.open()
    assert (incident["title"], incident["urgency"]) == ("Cannot pay", "high")


def test_several_changes_are_heard_of_when_they_are_complete() -> None:
    world = small_world()
    heard: list[tuple[str, int]] = []
    world.listeners.append(lambda event, incident, _: heard.append((event, len(incident["assignments"]))))
    triggered(world)
    assert heard == [("incident.triggered", 1)]


def test_a_directory_is_derived_from_what_a_history_refers_to() -> None:
    service = {"id": "S1", "type": "service_reference", "summary": "Shop"}
    person = {"id": "U1", "type": "user_reference", "summary": "Group 1"}
    incident = {
        "id": "Q1",
        "incident_number": 7,
        "title": "Old",
        "status": "resolved",
        "created_at": "2026-01-01T00:00:00Z",
        "resolved_at": "2026-01-01T01:00:00Z",
        "service": service,
        "escalation_policy": {"id": "E1", "type": "escalation_policy_reference", "summary": "Shop"},
    }
    entry = {"id": "R1", "type": "assign_log_entry", "created_at": "2026-01-01T00:00:00Z", "agent": service}
    world = World.from_history({}, [{"incident": incident, "log_entries": [entry | {"assignees": [person]}]}])
    found = world.directory.find("services", "S1")
    assert found
    assert found["escalation_policy"]["id"] == "E1"
    fresh = triggered(world, "S1")
    assert (fresh["incident_number"], fresh["assignments"][0]["assignee"]["id"]) == (8, "U1")

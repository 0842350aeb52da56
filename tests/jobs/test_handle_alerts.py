"""Passes over a PagerDuty and a Slack served over HTTP: who is called, what is said, and only once."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from alert_company import (
    CHANNEL,
    FALLBACK,
    ROUTING_KEY,
    TRIAL,
    AlertCompany,
    alert_company,
    alert_team,
    directory,
)
from duty_company import policy
from toban.domain.presses.nouns import Action, Outcome, Press
from toban.domain.runbooks.search.finding import Library
from toban.errors import PagerDutyRefused, PagerDutyUnavailable, SlackRefused, SlackUnavailable
from toban.jobs.handle_alerts import handle_alerts

MINUTE = timedelta(minutes=1)
HOSTILE = '<!channel> <@U1> *x* </script> & "'


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[AlertCompany]:
    with alert_company(tmp_path) as made:
        made.run()
        yield made


def kinds(made: AlertCompany, channel: str = CHANNEL) -> list[str]:
    """The kinds of what stands in a channel, oldest first."""
    return [key.split(":")[0] for key in made.keys(channel)]


def test_whoever_pagerduty_assigned_is_mentioned(shop: AlertCompany) -> None:
    shop.fire("checkout is slow")
    shop.run()
    assert shop.said()[0].splitlines()[1] == f"<@{shop.slack_id('PANN')}> please acknowledge."
    assert shop.messages()[0]["text"] == "shop: checkout is slow"


def test_the_briefing_stands_first_in_the_thread(shop: AlertCompany) -> None:
    shop.tell("v2/change/enqueue", change("deploy 42"))
    shop.fire("disk full on db-1")
    shop.run()
    head, briefing = shop.messages()
    assert briefing["thread_ts"] == head["ts"]
    assert "A disk is (almost) full" in shop.said()[1]
    assert "First step: Run `df -h; df -i`" in shop.said()[1]
    assert "deploy 42" in shop.said()[1]


def test_where_no_rule_is_met_a_runbook_found_by_its_text_is_offered_and_kept(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "NodeClockSkew.md").write_text(
        "# NodeClockSkew\nThe clock is off.\n## Mitigation\n- Restart chrony.\n"
    )
    with alert_company(tmp_path, runbooks={"directory": str(shelf)}) as made:
        incident = made.fire("NodeClockSkew on db-1")
        made.run()
        assert (
            ":mag: Perhaps this runbook: *NodeClockSkew* (words in common: NodeClockSkew)" in made.said()[1]
        )
        assert "First step: Restart chrony." in made.said()[1]
        assert made.ledger.threads.of([incident])[incident].runbook_id == "NodeClockSkew"


def test_a_runbook_judged_wrong_is_not_offered_for_the_same_alert_again(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "NodeClockSkew.md").write_text("# NodeClockSkew\nThe clock is off.\n")
    with alert_company(tmp_path, runbooks={"directory": str(shelf)}) as made:
        incident = made.fire("NodeClockSkew on db-1", severity="error")
        made.run()
        wrong = Press("w", incident, Action.WRONG, "U1", "T1", None, made.clock.now)
        made.ledger.presses.record(wrong)
        made.ledger.presses.finish(wrong, Outcome.DONE, incident_id=incident, now=made.clock.now)
        made.fire("NodeClockSkew on db-2", severity="error")
        made.run()
        assert "There is no runbook for this alert yet." in made.said()[-1]


def test_where_a_rule_is_met_nobody_waits_for_the_runbooks_texts(shop: AlertCompany) -> None:
    def unread() -> Library:
        raise AssertionError("a rule names the runbook")

    shop.fire("disk full on db-1")
    tools = replace(shop.tools(), library=unread)
    handle_alerts(tools, first=lambda: None, clock=shop.stopwatch, sleep=shop.sleep)
    assert "A disk is (almost) full" in shop.said()[1]


def change(summary: str) -> dict[str, object]:
    return {"routing_key": ROUTING_KEY, "payload": {"summary": summary, "source": "CI"}}


def test_reminders_come_until_somebody_acknowledges(shop: AlertCompany) -> None:
    incident = shop.fire()
    shop.run()
    shop.passes(4)
    assert kinds(shop).count("reminder") == 1
    shop.change(incident, "PBEN", status="acknowledged")
    shop.passes(10)
    assert kinds(shop).count("reminder") == 1
    assert shop.said()[-1] == "03:04 :eyes: Acknowledged by Ben after 4 min"
    _, standing, asks_again, *_ = shop.said()[0].splitlines()
    assert standing == "Acknowledged by Ben after 4 min."
    assert asks_again.startswith("PagerDuty asks again: ")


def test_after_ten_minutes_the_next_level_is_asked_in_pagerduty_and_called_in_slack(
    shop: AlertCompany,
) -> None:
    incident = shop.fire()
    shop.run()
    shop.passes(10)
    assert [each["assignee"]["id"] for each in shop.incident(incident)["assignments"]] == ["PBEN"]
    assert f"<@{shop.slack_id('PBEN')}> you are called now" in "\n".join(shop.said())
    shop.passes(10)
    assert [each["assignee"]["id"] for each in shop.incident(incident)["assignments"]] == ["PCLEO"]
    shop.passes(10)
    assert "no level is left above 3" in "\n".join(shop.said())
    assert len(set(shop.keys())) == len(shop.keys())


def test_low_urgency_is_handed_over_since_pagerduty_does_not_escalate_it(tmp_path: Path) -> None:
    given = directory()
    given["services"][0]["incident_urgency_rule"] = {"type": "constant", "urgency": "low"}
    with alert_company(tmp_path, given=given) as made:
        made.run()
        incident = made.fire()
        made.run()
        assert made.incident(incident)["urgency"] == "low"
        made.passes(10)
        assert [each["assignee"]["id"] for each in made.incident(incident)["assignments"]] == ["PBEN"]
        assert kinds(made).count("call") == 1


def test_responders_are_asked_once_where_the_team_chose_that(tmp_path: Path) -> None:
    calling = {"escalate_after_minutes": 10, "escalate_by": "responders", "remind_minutes": [3]}
    with alert_company(tmp_path, alert_team(calling=calling)) as made:
        made.run()
        incident = made.fire()
        made.run()
        made.passes(14)
        found = made.incident(incident)
        assert [each["user"]["id"] for each in found["incidents_responders"]] == ["PBEN"]
        assert [each["assignee"]["id"] for each in found["assignments"]] == ["PANN"]
        assert kinds(made).count("joined") == 1


def test_in_mode_announce_nothing_is_written_to_pagerduty(tmp_path: Path) -> None:
    with alert_company(tmp_path, alert_team(mode="announce")) as made:
        made.run()
        incident = made.fire()
        made.run()
        made.passes(12)
        assert [each["assignee"]["id"] for each in made.incident(incident)["assignments"]] == ["PANN"]
        assert kinds(made) == ["alert", "briefing", "reminder", "reminder"]


def test_in_mode_observe_the_trial_channel_sees_it_and_nobody_is_mentioned(tmp_path: Path) -> None:
    with alert_company(tmp_path, alert_team(mode="observe")) as made:
        made.run()
        made.fire()
        made.run()
        made.passes(12)
        assert kinds(made, TRIAL) == ["alert", "briefing"]
        assert not made.messages()
        assert "<@" not in "\n".join(made.said(TRIAL))


def test_an_incident_of_no_team_goes_to_the_fallback_channel_without_a_mention(tmp_path: Path) -> None:
    given = directory()
    given["escalation_policies"].append(policy("E2", ["PCLEO"]))
    with alert_company(tmp_path, given=given) as made:
        made.run()
        made.fire(service="V2")
        made.run()
        assert made.said(FALLBACK)[0].splitlines()[1] == "Waits for 佐藤 花子."
        made.passes(12)
        assert kinds(made, FALLBACK)[:2] == ["alert", "briefing"]
        assert "reminder" not in kinds(made, FALLBACK)


def test_incidents_of_no_team_can_be_ignored(tmp_path: Path) -> None:
    given = directory()
    given["escalation_policies"].append(policy("E2", ["PCLEO"]))
    with alert_company(tmp_path, given=given, alerts={"unclaimed": "ignore"}) as made:
        made.run()
        made.fire(service="V2")
        made.run()
        assert not made.messages(FALLBACK)


def test_what_came_and_went_between_two_passes_gets_its_thread_without_a_mention(shop: AlertCompany) -> None:
    shop.clock.now += timedelta(seconds=10)
    incident = shop.fire("a blip")
    shop.clock.now += timedelta(seconds=40)
    shop.change(incident, "PANN", status="resolved")
    shop.clock.now += timedelta(seconds=10)
    shop.run()
    assert shop.said()[0].splitlines()[1] == "Resolved by Ann after 40 s."
    assert shop.said()[1] == "03:00 :white_check_mark: Resolved by Ann after 40 s"
    assert "<@" not in "\n".join(shop.said())


def test_the_first_pass_of_all_lists_what_is_open_and_calls_nobody_for_what_is_old(tmp_path: Path) -> None:
    with alert_company(tmp_path) as made:
        for number in range(3):
            made.fire(f"old trouble {number}")
        made.clock.now += 20 * MINUTE
        made.fire("new trouble")
        made.run()
        listed, alone = made.said()[:2] if "incidents" in made.said()[0] else made.said()[1::-1]
        assert "3 open incidents from before Toban looked" in listed
        assert all(f"old trouble {number}" in listed for number in range(3))
        assert "<@" not in listed
        assert "new trouble" in alone


def test_notes_and_their_edits_are_lines_of_the_thread(shop: AlertCompany) -> None:
    incident = shop.fire()
    shop.run()
    note = shop.note(incident, "failing over", "PBEN")
    shop.passes(1)
    assert shop.said()[-1] == "03:00 :memo: Ben noted: failing over"
    shop.clock.now += 2 * MINUTE
    shop.edit_note(incident, note, "failed over to db-2", "PBEN")
    shop.change(incident, "PBEN", status="acknowledged")
    shop.passes(6)
    edits = [said for said in shop.said() if ":pencil2:" in said]
    assert edits == ["03:03 :pencil2: Ben edited a note: failed over to db-2"]


def test_reopened_it_is_called_for_again_in_its_own_thread(shop: AlertCompany) -> None:
    incident = shop.fire()
    shop.run()
    shop.change(incident, "PBEN", status="resolved")
    shop.passes(2)
    shop.change(incident, "PBEN", status="triggered")
    shop.passes(1)
    assert len([each for each in shop.messages() if each.get("thread_ts", each["ts"]) == each["ts"]]) == 1
    assert kinds(shop)[-2:] == ["call", "line"]
    assert shop.said()[0].startswith(":red_circle:")


def test_nobody_on_call_on_level_1_is_said_and_the_next_level_is_called(tmp_path: Path) -> None:
    given = directory()
    given["escalation_policies"][0]["escalation_rules"][0]["targets"] = []
    with alert_company(tmp_path, given=given) as made:
        made.run()
        incident = made.fire()
        found = made.world.incidents.find(incident)
        assert found is not None
        with made.world.changing():
            made.world.touch(found, assignments=[])
        made.run()
        assert "Nobody is on call on level 1; calling" in "\n".join(made.said())
        assert made.slack_id("PBEN") in "\n".join(made.said())
        assert [each["assignee"]["id"] for each in made.incident(incident)["assignments"]] == ["PBEN"]


def test_a_storm_is_one_message_with_one_mention_and_names_everyone_once(shop: AlertCompany) -> None:
    for number in range(130):
        shop.fire(f"node-{number:03d} is down")
    shop.run()
    shop.passes(2)
    said = "\n".join(shop.said())
    assert all(said.count(f"node-{number:03d} is down") == 1 for number in range(130))
    assert said.count("<@") == 1
    assert Counter(kinds(shop)) == {"storm": 1, "part": 3}
    shop.fire("one more node is down")
    shop.passes(1)
    assert kinds(shop).count("part") == 4
    assert "131 incidents since" in shop.said()[0]


def test_what_happens_in_a_storm_goes_into_its_thread_together(shop: AlertCompany) -> None:
    incidents = [shop.fire(f"node-{number} is down") for number in range(30)]
    shop.run()
    for incident in incidents:
        shop.change(incident, "PANN", status="acknowledged")
    shop.passes(1)
    lines = [said for key, said in zip(shop.keys(), shop.said(), strict=True) if key.startswith("line:")]
    assert len(lines) == 2
    assert sum(each.count("Acknowledged by Ann") for each in lines) == 30
    assert "0 open, 30 acknowledged, 0 resolved" in shop.said()[0]


def test_an_alert_that_names_everybody_rings_nobody(shop: AlertCompany) -> None:
    shop.fire(HOSTILE)
    shop.run()
    [head] = [
        each for each in shop.messages() if each["metadata"]["event_payload"]["key"].startswith("alert")
    ]
    assert "&lt;!channel&gt; &lt;@U1&gt;" in head["text"]
    assert "&lt;!channel&gt; &lt;@U1&gt; ∗x∗ &lt;/script&gt; &amp;" in shop.said()[0]


def test_a_channel_that_is_gone_keeps_no_other_team_waiting(tmp_path: Path) -> None:
    lost = alert_team(id="lost", alert_channel="#nowhere", services=["V2"], escalation_policies=["E2"])
    given = directory()
    given["escalation_policies"].append(policy("E2", ["PCLEO"]))
    with alert_company(tmp_path, lost, alert_team(), given=given) as made:
        made.run()
        made.fire(service="V2")
        made.fire()
        with pytest.raises(SlackRefused, match="nowhere"):
            made.run()
        assert kinds(made) == ["alert", "briefing"]


def test_pagerduty_out_of_reach_loses_nothing(shop: AlertCompany) -> None:
    shop.fire()
    shop.fault("pagerduty", kind="500", times=100)
    with pytest.raises(PagerDutyUnavailable):
        shop.run()
    shop.fair_weather()
    shop.passes(1)
    assert kinds(shop) == ["alert", "briefing"]


def test_slack_out_of_reach_loses_nothing_and_pagerduty_is_escalated_all_the_same(shop: AlertCompany) -> None:
    incident = shop.fire()
    shop.fault("slack", kind="500", path="chat.postMessage", times=1000)
    for _ in range(12):
        shop.clock.now += MINUTE
        with pytest.raises(SlackUnavailable):
            shop.run()
    assert [each["assignee"]["id"] for each in shop.incident(incident)["assignments"]] == ["PBEN"]
    shop.fair_weather()
    shop.passes(2)
    assert kinds(shop).count("alert") == kinds(shop).count("call") == 1
    assert kinds(shop).count("reminder") <= 1
    assert len(set(shop.keys())) == len(shop.keys())


def test_a_second_pass_at_the_same_moment_says_nothing(shop: AlertCompany) -> None:
    shop.fire()
    shop.run()
    before = shop.keys()
    assert shop.run().done == 0
    assert shop.keys() == before


def test_threads_in_which_all_is_said_are_no_longer_looked_at(shop: AlertCompany) -> None:
    incident = shop.fire()
    shop.run()
    shop.change(incident, "PBEN", status="resolved")
    shop.passes(2)
    assert shop.ledger.threads.open() == {}


def test_without_the_log_whoever_is_on_duty_is_called_all_the_same(shop: AlertCompany) -> None:
    shop.fault("pagerduty", kind="500", path="/log_entries", times=10**6)
    incident = shop.fire()
    with pytest.raises(PagerDutyUnavailable):
        shop.run()
    assert kinds(shop)[0] == "alert"
    shop.fair_weather()
    shop.note(incident, "on it", "PBEN")
    shop.passes(1)
    assert shop.said()[-1].endswith(":memo: Ben noted: on it")


def test_who_cannot_be_looked_up_is_named_rather_than_nothing_said(shop: AlertCompany) -> None:
    shop.fault("slack", kind="429", path="users.lookupByEmail", seconds=90, times=10**6)
    shop.fire()
    shop.run()
    assert shop.said()[0].splitlines()[1] == "*Ann* please acknowledge."


def test_where_pagerduty_refuses_to_escalate_the_next_level_is_called_all_the_same(
    shop: AlertCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PagerDutyRefused("the key may only read", status=403)

    monkeypatch.setattr("toban.clients.pagerduty.writes.escalate", refused)
    shop.fire()
    shop.run()
    shop.passes(9)
    with pytest.raises(PagerDutyRefused):
        shop.passes(1)
    shop.passes(3)
    assert f"<@{shop.slack_id('PBEN')}> you are asked to join" in "\n".join(shop.said())
    assert kinds(shop).count("joined") == 1


def test_a_thread_of_mode_observe_stays_quiet_when_the_team_begins_to_act(tmp_path: Path) -> None:
    with alert_company(tmp_path, alert_team(mode="observe")) as made:
        made.run()
        made.fire()
        made.run()
        acting = made.settings.teams[0].model_copy(update={"mode": "act"})
        made.settings = made.settings.model_copy(update={"teams": (acting,)})
        made.passes(15)
        assert "<@" not in "\n".join(made.said(TRIAL))
        made.fire("a new one")
        made.passes(1)
        assert "<@" in "\n".join(made.said())


def test_a_new_alert_after_a_storm_that_was_taken_is_announced_by_itself(shop: AlertCompany) -> None:
    for incident in [shop.fire(f"node-{number} is down") for number in range(10)]:
        shop.change(incident, "PANN", status="acknowledged")
    shop.passes(1)
    shop.fire("another one")
    shop.passes(1)
    assert kinds(shop).count("alert") == 1


def test_an_incident_that_pagerduty_no_longer_knows_is_put_aside(shop: AlertCompany) -> None:
    incident = shop.fire()
    shop.run()
    [thread] = shop.ledger.threads.of([incident]).values()
    lost = replace(thread, incident_id="QLOST")
    shop.ledger.threads.save([lost], now=shop.clock.now)
    shop.passes(1)
    assert list(shop.ledger.threads.open()) == [incident]


def test_a_channel_that_takes_nothing_is_replaced_by_the_fallback_channel(tmp_path: Path) -> None:
    with alert_company(tmp_path, alert_team(alert_channel="#nowhere")) as made:
        made.run()
        made.fire()
        with pytest.raises(SlackRefused, match="nowhere"):
            made.run()
        made.passes(1)
        assert kinds(made, FALLBACK) == ["alert", "briefing"]
        assert f"<@{made.slack_id('PANN')}>" in made.said(FALLBACK)[0]


def test_after_days_without_a_pass_the_log_is_read_bit_by_bit_and_what_fires_now_comes_first(
    shop: AlertCompany,
) -> None:
    old = [shop.fire(f"old {number}") for number in range(3)]
    for incident in old:
        shop.change(incident, "PANN", status="resolved")
    shop.clock.now += timedelta(days=2)
    shop.fire("new")
    shop.passes(1)
    assert "new" in shop.said()[0]
    shop.passes(3)
    assert sorted(said.splitlines()[0].split("*")[1] for said in shop.said() if "· <" in said) == [
        "new",
        "old 0",
        "old 1",
        "old 2",
    ]


def test_a_level_with_nobody_on_it_is_passed_over_and_that_is_said(tmp_path: Path) -> None:
    given = directory()
    given["escalation_policies"][0]["escalation_rules"][1]["targets"] = []
    with alert_company(tmp_path, given=given) as made:
        made.run()
        incident = made.fire()
        made.run()
        made.passes(10)
        assert [each["assignee"]["id"] for each in made.incident(incident)["assignments"]] == ["PCLEO"]
        assert "Nobody is on call on level 2; calling *佐藤 花子*." in "\n".join(made.said())

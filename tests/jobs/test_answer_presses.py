"""Each button from Slack to PagerDuty over both sandboxes: once, in the person's own name, or refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from jobs.button_company import ANN, BEN, CHANNEL, DAN, Company, company, team
from toban.clients.ledger.presses import Presses
from toban.domain.alerts.nouns import Form
from toban.domain.message import Message
from toban.domain.presses.nouns import Outcome
from toban.errors import LedgerError


@pytest.fixture
def pay(tmp_path: Path) -> Iterator[Company]:
    with company(tmp_path) as made:
        yield made


def killed_before_the_record(monkeypatch: pytest.MonkeyPatch, pay: Company) -> None:
    """A pass that ends between PagerDuty's answer and the ledger."""

    def dies(*_: Any, **__: Any) -> None:
        raise LedgerError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(Presses, "finish", dies)
        with pytest.raises(LedgerError, match="killed"):
            pay.answer()


def acknowledgers(pay: Company) -> list[str]:
    return [each["acknowledger"]["id"] for each in pay.incident["acknowledgements"]]


def assigned(pay: Company) -> list[str]:
    return [each["assignee"]["id"] for each in pay.incident["assignments"]]


def test_acknowledge_is_the_persons_own(pay: Company) -> None:
    assert pay.press("acknowledge", BEN)["ok"]
    assert pay.incident["status"] == "triggered", "the receiver writes nothing to PagerDuty"
    assert pay.answer() == 1
    assert acknowledgers(pay) == ["PBEN"]
    assert pay.outcomes() == [("acknowledge", Outcome.DONE)]
    assert pay.told(BEN) == []


def test_a_press_twice_by_one_or_two_people_is_done_once(pay: Company) -> None:
    for person in (BEN, BEN, ANN):
        assert pay.press("acknowledge", person)["ok"]
    assert pay.answer() == 1
    assert pay.answer() == 0
    assert acknowledgers(pay) == ["PBEN"]
    assert len(pay.entries("acknowledge")) == 1


def test_resolve_is_asked_about_and_done(pay: Company) -> None:
    pay.press("resolve", BEN)
    assert pay.answer() == 1
    assert (pay.incident["status"], pay.entries("resolve")) == ("resolved", [("PBEN", "Resolved by Ben")])


def test_a_note_is_written_in_a_dialog(pay: Company) -> None:
    assert pay.note("ディスクが <満杯> & *full*", BEN)["ok"]
    assert pay.answer() == 1
    (note,) = pay.world.notes[pay.incident["id"]]
    assert (note["content"], note["user"]["id"]) == ("ディスクが <満杯> & *full*", "PBEN")


def test_a_blank_note_is_refused_in_the_dialog(pay: Company) -> None:
    assert pay.note("   ")["errors"] == {"note": "Write what shall be noted."}
    assert pay.answer() == 0


def test_a_reply_in_the_thread_is_sent_as_a_note(pay: Company) -> None:
    ts = pay.sandbox.workspace.say(DAN, CHANNEL, "it was the deploy", pay.ts)
    for _ in range(2):
        assert pay.shortcut(ts, BEN)["ok"]
    assert pay.answer() == 1
    (note,) = pay.world.notes[pay.incident["id"]]
    assert (note["content"], note["user"]["id"]) == ("it was the deploy", "PBEN")
    assert pay.outcomes() == [("note", Outcome.DONE)]


def test_a_message_elsewhere_is_of_no_incident(pay: Company) -> None:
    pay.shortcut(pay.sandbox.workspace.say(BEN, CHANNEL, "lunch?", None), BEN)
    assert pay.answer() == 1
    assert pay.told(BEN) == ["Toban knows no single incident of that message."]


def test_a_thread_about_many_incidents_takes_no_note(pay: Company) -> None:
    held = pay.ledger.threads.of([pay.incident["id"]])[pay.incident["id"]]
    other = replace(held, incident_id="Q2", form=Form.STORM)
    pay.ledger.threads.save([replace(held, form=Form.STORM), other], now=pay.clock.now)
    pay.shortcut(pay.sandbox.workspace.say(BEN, CHANNEL, "which one?", pay.ts), BEN)
    assert pay.answer() == 1
    assert pay.told(BEN) == ["Toban knows no single incident of that message."]


@pytest.mark.parametrize(("choice", "hours"), [("1h", 1), ("4h", 4)])
def test_snooze_acknowledges_for_as_long_as_chosen(pay: Company, choice: str, hours: int) -> None:
    assert pay.snooze(choice, BEN)["ok"]
    assert pay.answer() == 1
    (wakes,) = [each["at"] for each in pay.incident["pending_actions"] if each["type"] == "unacknowledge"]
    off = datetime.fromisoformat(wakes) - pay.clock.now - timedelta(hours=hours)
    assert abs(off) < timedelta(minutes=1)
    assert acknowledgers(pay) == ["PBEN"]


def test_the_same_snooze_at_once_again_is_one(pay: Company) -> None:
    pay.snooze("1h")
    pay.snooze("1h")
    assert pay.answer() == 2
    assert len(pay.entries("snooze")) == 1


def test_escalate_goes_to_the_next_level_once(pay: Company) -> None:
    for person in (ANN, ANN, DAN):
        pay.press("escalate", person)
    assert pay.answer() == 1
    assert assigned(pay) == ["PBEN"]
    assert pay.entries("escalate") == [("PANN", "Escalated to Ben")]


def test_an_empty_level_is_skipped(tmp_path: Path) -> None:
    with company(tmp_path, ["PANN"], [], ["PDAN"]) as pay:
        pay.press("escalate", BEN)
        assert pay.answer() == 1
        assert assigned(pay) == ["PDAN"]


def test_above_the_last_level_there_is_nobody(tmp_path: Path) -> None:
    with company(tmp_path, ["PANN"]) as pay:
        pay.press("escalate")
        assert pay.answer() == 1
        assert pay.told() == ["Nobody is on call at a higher level."]
        assert assigned(pay) == ["PANN"]


def test_in_the_second_in_which_pagerduty_escalates_one_level_is_climbed(pay: Company) -> None:
    pay.press("escalate")
    pay.pagerduty.put(
        f"incidents/{pay.incident['id']}",
        {"incident": {"id": pay.incident["id"], "type": "incident_reference", "escalation_level": 2}},
    )
    assert pay.answer() == 1
    assert assigned(pay) == ["PBEN"]
    assert pay.told() == ["Meanwhile others have been asked: it was not escalated again."]


def test_the_next_round_may_be_escalated_again(pay: Company) -> None:
    pay.press("escalate")
    pay.answer()
    pay.clock.now += timedelta(seconds=5)
    pay.show(1)
    pay.press("escalate")
    assert pay.answer() == 1
    assert assigned(pay) == ["PDAN"]


def test_an_old_messages_button_still_acknowledges(pay: Company) -> None:
    old = pay.message()["blocks"]
    pay.show(1)
    pay.slack.update(pay.sandbox.workspace.channel_id(CHANNEL), pay.ts, Message("alarm", tuple(old)))
    pay.press("acknowledge", BEN)
    assert pay.answer() == 1
    assert acknowledgers(pay) == ["PBEN"]


@pytest.mark.parametrize("action", ["runbook_helped", "runbook_wrong", "no_action"])
def test_an_opinion_is_recorded_and_thanked_for(pay: Company, action: str) -> None:
    pay.press(action, ANN)
    pay.press(action, BEN)
    pay.press(action, BEN)
    assert pay.answer() == 2
    assert pay.outcomes() == [(action, Outcome.DONE)] * 2
    assert pay.told(BEN) == pay.told(ANN) == ["Thank you, that is noted."]


def test_reminders_are_silenced_for_this_round(pay: Company) -> None:
    pay.press("silence", BEN)
    assert pay.answer() == 1
    held = pay.ledger.threads.of([pay.incident["id"]])[pay.incident["id"]]
    assert held.silenced_round == 0
    assert pay.told(BEN) == ["No more reminders for this call; PagerDuty rings as it always does."]


def test_who_acknowledged_it_before_is_named(pay: Company) -> None:
    pay.press("acknowledge", ANN)
    incident = {"id": pay.incident["id"], "type": "incident_reference", "status": "acknowledged"}
    path = f"incidents/{pay.incident['id']}"
    pay.pagerduty.put(path, {"incident": incident}, as_user=BEN)
    assert pay.answer() == 1
    assert acknowledgers(pay) == ["PBEN"]
    assert pay.told() == ["*Ben* has acknowledged it already."]


@pytest.mark.parametrize(
    ("email", "reason"),
    [
        ("gus@example.com", "Guests may not do that; nothing was done."),
        ("olga@example.com", "Guests may not do that; nothing was done."),
        ("lee@example.com", "Slack does not say who you are, so nothing was done."),
        ("robot@example.com", "Slack does not say who you are, so nothing was done."),
    ],
)
@pytest.mark.parametrize("action", ["acknowledge", "silence", "no_action"])
def test_who_may_not_is_told_alone_and_nothing_happens(
    pay: Company, email: str, reason: str, action: str
) -> None:
    pay.press(action, email)
    assert pay.answer() == 1
    assert pay.told(email) == [reason]
    assert pay.incident["status"] == "triggered"
    assert pay.outcomes() == [(action, Outcome.REFUSED)]


def test_a_stranger_with_anns_address_is_not_ann(pay: Company) -> None:
    stranger = next(
        each["id"] for each in pay.sandbox.workspace.people.users.all() if each.get("is_stranger")
    )
    pay.press("acknowledge", stranger)
    assert pay.answer() == 1
    messages = [each for each in pay.sandbox.messages(CHANNEL) if each.get("ephemeral_for") == stranger]
    assert [each["text"] for each in messages] == [
        "Only people of this workspace may do that; nothing was done."
    ]
    assert pay.incident["status"] == "triggered"


def test_who_has_no_pagerduty_user_acts_under_nobodys_name_but_may_have_an_opinion(pay: Company) -> None:
    pay.press("acknowledge", "nobody@example.com")
    pay.press("no_action", "nobody@example.com")
    assert pay.answer() == 2
    assert pay.incident["status"] == "triggered"
    refusal, thanks = pay.told("nobody@example.com")
    assert refusal.startswith("PagerDuty has no user with the e-mail of your Slack account")
    assert thanks == "Thank you, that is noted."


def test_after_a_refusal_another_person_may_press_the_same_button(pay: Company) -> None:
    pay.press("acknowledge", "gus@example.com")
    pay.answer()
    pay.press("acknowledge", BEN)
    assert pay.answer() == 1
    assert acknowledgers(pay) == ["PBEN"]


def test_an_override_maps_and_takes_the_name_from_others(tmp_path: Path) -> None:
    with company(tmp_path) as probe:
        mapped, ben = probe.person("nobody@example.com"), "PBEN"
    (tmp_path / "ledger.db").unlink()
    slack = {"user_overrides": {ben: mapped}}
    with company(tmp_path, slack=slack) as pay:
        pay.press("acknowledge", BEN)
        pay.answer()
        assert pay.incident["status"] == "triggered", "Ben's user in PagerDuty is somebody else's"
        pay.press("acknowledge", "nobody@example.com")
        pay.answer()
        assert acknowledgers(pay) == ["PBEN"]


@pytest.mark.parametrize("mode", ["observe", "announce"])
def test_only_teams_in_mode_act_write(tmp_path: Path, mode: str) -> None:
    slack = {"trial_channel": "#alerts"}
    with company(tmp_path, teams=[team(mode=mode, language="ja")], slack=slack) as pay:
        for action in ("acknowledge", "silence"):
            pay.press(action)
        assert pay.answer() == 2
        refusal, silenced = pay.told()
        assert refusal == "このチームでは、TobanからPagerDutyへの書き込みが許可されていません。"
        assert silenced.startswith("この呼び出しのリマインダーを止めました。")
        assert pay.incident["status"] == "triggered"


def test_an_incident_of_no_team_is_not_written_to(pay: Company) -> None:
    pay.show(team_id=None)
    pay.press("resolve")
    pay.answer()
    assert pay.incident["status"] == "triggered"


@pytest.mark.parametrize("action", ["acknowledge", "resolve", "escalate"])
def test_a_kill_between_pagerduty_and_the_ledger_does_nothing_twice(
    pay: Company, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    pay.press(action)
    killed_before_the_record(monkeypatch, pay)
    assert pay.answer() == 0, "the dead pass may still be at work"
    assert pay.after_a_kill() == 1
    assert len(pay.entries(action)) == 1
    assert pay.outcomes() == [(action, Outcome.DONE)]
    assert pay.told() == []


def test_a_note_and_a_snooze_survive_a_kill_once(pay: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    for order in (lambda: pay.note("only once"), lambda: pay.snooze("1h")):
        order()
        killed_before_the_record(monkeypatch, pay)
        assert pay.after_a_kill() == 1
    assert [len(pay.entries(kind)) for kind in ("annotate", "snooze")] == [1, 1]


def test_a_kill_before_anything_was_written_loses_nothing(pay: Company) -> None:
    pay.press("acknowledge")
    (waiting,) = pay.ledger.presses.pending(pay.clock.now)
    pay.ledger.presses.begin(waiting, now=pay.clock.now)
    assert pay.after_a_kill() == 1
    assert acknowledgers(pay) == ["PANN"]


def fault(url: str, **order: Any) -> None:
    headers = {"Authorization": "Token token=test"}
    httpx.post(f"{url}/_sandbox/faults", json=order, headers=headers).raise_for_status()


def test_while_pagerduty_is_down_presses_wait_and_opinions_do_not(pay: Company) -> None:
    for action in ("acknowledge", "escalate", "no_action"):
        pay.press(action)
    fault(pay.pagerduty_url, kind="500", path="/incidents", times=100)
    assert pay.answer() == 1
    assert pay.outcomes() == [("acknowledge", None), ("escalate", None), ("no_action", Outcome.DONE)]
    httpx.delete(f"{pay.pagerduty_url}/_sandbox/faults", headers={"Authorization": "Token token=test"})
    assert pay.after_a_kill() == 2
    assert acknowledgers(pay) == ["PANN"]


def test_what_waited_too_long_is_not_done_and_the_person_hears_so(pay: Company) -> None:
    pay.press("acknowledge")
    pay.clock.now += timedelta(minutes=16)
    assert pay.answer() == 1
    assert pay.incident["status"] == "triggered"
    assert pay.told() == [
        "It was not done in time, and is not done any more; press again if you still want it."
    ]
    assert pay.outcomes() == [("acknowledge", Outcome.FAILED)]


def test_what_may_have_been_done_long_ago_is_said_to_be_uncertain(pay: Company) -> None:
    pay.press("acknowledge")
    (waiting,) = pay.ledger.presses.pending(pay.clock.now)
    pay.ledger.presses.begin(waiting, now=pay.clock.now)
    pay.clock.now += timedelta(minutes=16)
    assert pay.answer() == 1
    assert pay.told() == ["Whether it was done is not certain, for PagerDuty did not answer; look there."]


def test_a_refusal_of_pagerdutys_is_told_and_stops_no_other_press(pay: Company) -> None:
    held = pay.ledger.threads.of([pay.incident["id"]])[pay.incident["id"]]
    pay.ledger.threads.save([replace(held, incident_id="QGONE")], now=pay.clock.now)
    pay.press("acknowledge", BEN)
    (waiting,) = pay.ledger.presses.pending(pay.clock.now)
    pay.ledger.presses.record(replace(waiting, key="acknowledge:QGONE:0", incident_id="QGONE"))
    pay.press("no_action", BEN)
    assert pay.answer() == 3
    refusal, thanks = pay.told(BEN)
    assert refusal.startswith("It was not done. PagerDuty refused GET /incidents/QGONE (404)")
    assert thanks == "Thank you, that is noted."
    assert acknowledgers(pay) == ["PBEN"]


def test_a_note_whose_answer_was_lost_is_written_once(pay: Company) -> None:
    pay.note("only once")
    fault(pay.pagerduty_url, kind="cut", path=f"/incidents/{pay.incident['id']}/notes", times=1)
    assert pay.answer() == 0
    assert pay.after_a_kill() == 1
    assert len(pay.entries("annotate")) == 1


def test_an_answer_that_is_not_heard_stops_nothing(pay: Company) -> None:
    pay.press("no_action")
    pay.press("acknowledge")
    pay.sandbox.fault("500", "response/", times=5)
    assert pay.answer() == 2
    assert acknowledgers(pay) == ["PANN"]


def test_a_response_url_that_is_not_slacks_is_not_called(pay: Company) -> None:
    pay.press("no_action")
    (waiting,) = pay.ledger.presses.pending(pay.clock.now)
    pay.ledger.presses.finish(waiting, Outcome.FAILED, incident_id="Q", now=pay.clock.now)
    pay.ledger.presses.record(replace(waiting, response_url=f"{pay.pagerduty_url}/response/1"))
    before = pay.pagerduty.api_calls
    assert pay.answer() == 1
    assert (pay.told(), pay.pagerduty.api_calls) == ([], before)


def test_many_presses_of_a_night_are_answered_in_their_order(pay: Company) -> None:
    pay.press("silence")
    pay.press("acknowledge", BEN)
    pay.note("restarted", BEN)
    pay.press("resolve", BEN)
    assert pay.answer() == 4
    assert [action for action, _ in pay.outcomes()] == ["silence", "acknowledge", "note", "resolve"]
    assert pay.incident["status"] == "resolved"
    assert datetime.now(UTC) - pay.clock.now < timedelta(minutes=5)

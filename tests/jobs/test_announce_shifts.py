"""The announcement, from PagerDuty's answers to what stands in Slack."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from duty_company import GROUP, TEN, TRIAL, Company, company, directory, policy, schedule, team
from toban.clients.pagerduty import PagerDuty
from toban.clients.warehouse import Warehouse
from toban.errors import PagerDutyRefused, PagerDutyUnavailable, SlackRefused, UsageError
from warehouse_data import add_incident

HOUR = timedelta(hours=1)
PAY, WEB = team("pay", "E1"), team("web", "E2")


@pytest.fixture
def two_teams(tmp_path: Path) -> Iterator[Company]:
    with company(tmp_path, PAY, WEB) as made:
        yield made


def shown(message: dict[str, Any]) -> str:
    """Everything a message's blocks say."""
    parts = [p for b in message["blocks"] for p in ([b["text"]] if "text" in b else b["elements"])]
    return "\n".join(part["text"] for part in parts)


def test_teams_of_one_channel_and_hour_stand_in_one_message(two_teams: Company) -> None:
    result = two_teams.announce()
    [message] = two_teams.roots()
    assert result.did == "Announced as shifts:#oncall:2026-11-23T10:00:00+09:00."
    assert shown(message).splitlines() == [
        "On call today · Mon 23 Nov",
        "*Pay*",
        f":pager: Level 1: <@{two_teams.slack_id('PANN')}> until 10:00 tomorrow",
        ":telephone_receiver: Level 2: Dan always on call",
        "Next on level 1: Ben from 10:00 tomorrow",
        "*Web*",
        f":pager: Level 1: <@{two_teams.slack_id('PCLEO')}> until 10:00 tomorrow",
        "Next on level 1: Ben from 10:00 tomorrow",
        "As of 10:00 (Asia/Tokyo)",
    ]
    assert message["text"] == "On call: Pay: Ann; Web: 佐藤 花子"


def test_running_it_twice_posts_once(two_teams: Company) -> None:
    first = two_teams.announce()
    two_teams.clock.now += HOUR
    again = two_teams.announce()
    assert again.did.endswith("was announced already.")
    assert again.posted == first.posted
    assert len(two_teams.roots()) == 1
    assert len(two_teams.replies()) == 2


def test_the_other_teams_run_leaves_the_message_to_the_first(two_teams: Company) -> None:
    assert two_teams.announce("web").did.startswith("Said nothing: Pay announces for Web too")
    assert two_teams.messages() == []


def test_the_next_day_is_a_new_message(two_teams: Company) -> None:
    two_teams.announce()
    two_teams.clock.now += 24 * HOUR
    two_teams.announce()
    assert [each["text"] for each in two_teams.roots()] == [
        "On call: Pay: Ann; Web: 佐藤 花子",
        "On call: Pay: Ben; Web: Ben",
    ]


def test_a_preview_shows_everything_and_posts_nothing(two_teams: Company) -> None:
    result = two_teams.announce("web", "preview")
    assert result.parts is not None
    assert result.parts.message.text == "On call: Pay: Ann; Web: 佐藤 花子"
    assert len(result.parts.thread) == 2
    assert two_teams.messages() == []


def test_a_run_hours_late_says_what_is_true_now(two_teams: Company) -> None:
    two_teams.override("S1", "PBEN", TEN + 3 * HOUR, TEN + 8 * HOUR)
    two_teams.clock.now = TEN + 5 * HOUR
    two_teams.announce()
    [message] = two_teams.roots()
    assert f"Level 1: <@{two_teams.slack_id('PBEN')}> (for Ann) until 18:00" in shown(message)
    assert "Next on level 1: Ann from 18:00" in shown(message)
    assert "As of 15:00" in shown(message)


def test_correct_edits_the_message_and_posts_none(two_teams: Company) -> None:
    two_teams.announce()
    two_teams.override("S1", "PBEN", TEN, TEN + 8 * HOUR)
    two_teams.clock.now += HOUR
    two_teams.announce(action="correct")
    [message] = two_teams.roots()
    assert f"Level 1: <@{two_teams.slack_id('PBEN')}> (for Ann) until 18:00" in shown(message)
    assert len(two_teams.replies()) == 2
    assert two_teams.watch() == []


def test_there_is_nothing_to_correct_before_anything_was_said(two_teams: Company) -> None:
    with pytest.raises(UsageError, match="has not been announced"):
        two_teams.announce(action="correct")


def test_an_unreachable_pagerduty_is_a_failure_and_nothing_is_posted(two_teams: Company) -> None:
    two_teams.fault("pagerduty", kind="500", times=1000, path="/oncalls")
    with pytest.raises(PagerDutyUnavailable):
        two_teams.announce()
    two_teams.fault("pagerduty", kind="500", times=0, path="/oncalls")
    assert two_teams.messages() == []


def test_open_incidents_that_cannot_be_read_also_keep_the_message_back(two_teams: Company) -> None:
    two_teams.fault("pagerduty", kind="500", times=1000, path="/incidents")
    with pytest.raises(PagerDutyUnavailable):
        two_teams.announce()
    assert two_teams.messages() == []


def test_a_retry_after_half_a_thread_says_the_rest_only(two_teams: Company) -> None:
    def broken(key: str, *rest: Any, **more: Any) -> Any:
        if key.endswith(":web"):
            raise SlackRefused("no", code="fatal_error")
        return say(key, *rest, **more)

    say = two_teams.voice.messenger.say
    two_teams.voice.messenger.say = broken  # type: ignore[method-assign]
    with pytest.raises(SlackRefused):
        two_teams.announce()
    two_teams.voice.messenger.say = say  # type: ignore[method-assign]
    two_teams.announce()
    assert len(two_teams.roots()) == 1
    assert [each["text"].split(":")[0] for each in two_teams.replies()] == [
        "Handover · Pay",
        "Handover · Web",
    ]


def test_on_a_day_without_announcement_nothing_is_said_and_that_is_said(tmp_path: Path) -> None:
    with company(tmp_path, team("pay", "E1", weekdays=["tue"])) as made:
        assert made.announce().did == ("Said nothing: no announcement for Pay was due for a day or more.")
        assert made.messages() == []
        assert made.announce(action="preview").parts is not None


def test_in_mode_observe_it_goes_to_the_trial_channel_and_mentions_nobody(tmp_path: Path) -> None:
    observing = team("pay", "E1", mode="observe", keep_topic=True, user_group=GROUP)
    with company(tmp_path, observing) as made:
        made.announce()
        assert made.messages() == []
        [message] = made.roots(TRIAL)
        assert "Ann until 10:00 tomorrow" in shown(message)
        assert not any("<@" in shown(each) + each["text"] for each in made.messages(TRIAL))


def test_without_history_the_handover_says_so_and_names_open_incidents(two_teams: Company) -> None:
    two_teams.announce()
    texts = [shown(each) for each in two_teams.replies()]
    assert all("There is no history yet" in text for text in texts)
    assert all("No incident is open" in text for text in texts)


def test_a_team_known_by_its_schedule_alone_has_the_levels_that_use_it(tmp_path: Path) -> None:
    known = directory()
    known["schedules"] = [
        schedule("S1", "PANN", "PBEN") | {"escalation_policies": [{"id": "E1"}]},
        schedule("S2", "PCLEO"),
    ]
    known["escalation_policies"] = [policy("E1", ["PDAN"], ["S1"], ["PBEN"])]
    with company(tmp_path, team("pay", schedules=["S1", "S2"]), given=known) as made:
        made.announce()
        [message] = made.roots()
        assert f"*Pay* · Policy E1\n:pager: Level 2: <@{made.slack_id('PANN')}> until" in shown(message)
        assert "Level 1" not in shown(message)
        assert "*Pay* · Schedule S2\n:rotating_light: No escalation level leads here" in shown(message)
        assert message["text"] == "On call: Pay: NOBODY on Schedule S2, Ann"


def test_topic_and_user_group_follow_the_first_level(tmp_path: Path) -> None:
    with company(tmp_path, PAY | {"keep_topic": True, "user_group": GROUP}, WEB) as made:
        assert made.announce().warnings == ()
        assert made.topic() == "On call: Pay: Ann"
        assert made.members() == [made.slack_id("PANN")]


def test_a_user_group_stays_as_it_is_where_slack_does_not_know_everybody(tmp_path: Path) -> None:
    known = directory() | {"escalation_policies": [policy("E1", ["S1", "PDAN"])]}
    with company(tmp_path, PAY | {"user_group": GROUP}, given=known) as made:
        before = made.members()
        result = made.announce()
        [warning] = result.warnings
        assert warning.startswith("User group SDUTY is left as it is: Dan was not found in Slack; add ")
        assert made.members() == before != []
        assert "Not found in Slack, so not mentioned: Dan" in shown(made.roots()[0])


def test_a_user_group_stays_as_it_is_while_nobody_is_on_duty(tmp_path: Path) -> None:
    known = directory() | {"schedules": [schedule("S1"), schedule("S2")]}
    with company(tmp_path, PAY | {"user_group": GROUP}, given=known) as made:
        before = made.members()
        assert made.announce().warnings == ("User group SDUTY is left as it is: nobody is on duty for Pay.",)
        assert made.members() == before != []
        assert "*Nobody is on call right now*" in shown(made.roots()[0])


def test_a_refused_topic_is_a_warning_and_the_announcement_stands(tmp_path: Path) -> None:
    with company(tmp_path, PAY | {"keep_topic": True}) as made:
        made.workspace.scopes.remove("channels:write.topic")
        [warning] = made.announce().warnings
        assert "channels:write.topic" in warning
        assert len(made.roots()) == 1
        assert made.announce().did.endswith("was announced already.")


def test_the_handover_tells_what_the_warehouse_knows(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "warehouse")
    with warehouse.write() as writer:
        add_incident(writer, 583)  # begins on 24 November 2026, 17:00 UTC
        writer.rebuild_models()
        writer.publish()
    with warehouse.read() as snapshot, company(tmp_path, team("pay", "E1")) as made:
        made.clock.now = TEN + 48 * HOUR
        made.announce(snapshot=snapshot)
        [reply] = made.replies()
    lines = shown(reply).splitlines()
    assert "*Since Tue 24 Nov 10:00: 1 incident*" in lines[2]
    assert "#583 Incident 583" in lines[3]
    assert "resolved after 1 h" in lines[3]


def test_whom_somebody_stands_in_for_is_left_out_where_it_is_not_certain(tmp_path: Path) -> None:
    known = directory()
    known["schedules"][0]["schedule_layers"] += schedule("S1", "PCLEO")["schedule_layers"]
    with company(tmp_path, PAY, given=known) as made:
        made.override("S1", "PBEN", TEN - HOUR, TEN + 8 * HOUR)
        made.announce()
        assert f"Level 1: <@{made.slack_id('PBEN')}> until 18:00" in shown(made.roots()[0])


def test_twenty_hours_late_it_is_still_said_also_on_a_day_without_announcement(tmp_path: Path) -> None:
    with company(tmp_path, team("pay", "E1", weekdays=["mon"])) as made:
        made.clock.now += 20 * HOUR
        made.announce()
        [message] = made.roots()
        assert "On call today · Tue 24 Nov" in shown(message)
        assert "until 10:00\n" in shown(message)
        assert "As of 06:00" in shown(message)


def test_on_a_silent_day_the_last_message_can_be_corrected(tmp_path: Path) -> None:
    with company(tmp_path, team("pay", "E1", weekdays=["mon"])) as made:
        made.announce()
        made.clock.now += 27 * HOUR
        made.announce(action="correct")
        [message] = made.roots()
        assert f"Level 1: <@{made.slack_id('PBEN')}> until 10:00 tomorrow" in shown(message)
        assert "As of 13:00" in shown(message)


def test_correct_takes_back_the_details_that_are_not_so_any_more(tmp_path: Path) -> None:
    short = {"type": "daily_restriction", "start_time_of_day": "09:00:00", "duration_seconds": 3 * 3600}
    known = directory()
    known["schedules"][0]["schedule_layers"][0]["restrictions"] = [short]
    with company(tmp_path, PAY, given=known) as made:
        made.announce()
        assert "*Gaps in the next 14 days*" in shown(made.replies()[0])
        made.override("S1", "PCLEO", TEN + HOUR, TEN + 16 * 24 * HOUR)
        made.clock.now += HOUR
        made.announce(action="correct")
        assert not any("Gaps" in shown(each) for each in made.messages())
        assert [each["text"].split(":")[0] for each in made.replies()] == ["Handover · Pay"]


def test_a_deleted_policy_is_an_alarm_and_does_not_silence_the_other_teams(tmp_path: Path) -> None:
    with company(tmp_path, PAY, team("web", "GONE", schedules=["LOST"])) as made:
        made.announce()
        [message] = made.roots()
        assert message["text"] == "On call: Web: NOBODY on GONE, NOBODY on LOST; Pay: Ann"
        assert f":pager: Level 1: <@{made.slack_id('PANN')}> until 10:00 tomorrow" in shown(message)
        assert ":rotating_light: PagerDuty does not know GONE: correct the team's ids" in shown(message)
        made.clock.now += HOUR
        assert made.watch() == []


def test_a_token_that_may_not_see_a_policy_is_no_alarm_but_a_failure(two_teams: Company) -> None:
    refused = PagerDuty("invalid", two_teams.pagerduty_url, sleep=lambda _: None)
    two_teams.pagerduty = refused
    with pytest.raises(PagerDutyRefused):
        two_teams.announce()
    assert two_teams.messages() == []


def test_a_warehouse_that_cannot_be_read_does_not_hold_up_who_is_on_duty(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "warehouse")
    with warehouse.write() as writer:
        writer.rebuild_models()
        writer.publish()
    with warehouse.read() as snapshot, company(tmp_path, PAY) as made:
        snapshot.close()  # as good as damaged: every query fails
        made.announce(snapshot=snapshot)
        assert len(made.roots()) == 1
        assert "The history cannot be told: the warehouse cannot be read" in shown(made.replies()[0])

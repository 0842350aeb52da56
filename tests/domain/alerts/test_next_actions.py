"""Who is called when, as sentences."""

from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.alerts.incidents import (
    ACTING,
    AIKO,
    BEN,
    CHIE,
    LEVELS,
    MINUTE,
    START,
    at,
    incident,
    said,
)
from toban.domain.alerts.actions import Action, Ask, Call, Escalate, Exhausted, Open, Remind, Unmanned
from toban.domain.alerts.levels import Levels
from toban.domain.alerts.next_actions import next_actions, wants_levels
from toban.domain.alerts.nouns import Form, Incident, Round, Status
from toban.domain.alerts.policy import CallPolicy, Quiet
from toban.domain.alerts.said import Said

OBSERVING = CallPolicy(remind=ACTING.remind)
NIGHT = replace(ACTING, quiet=Quiet(time(22), time(8), ZoneInfo("Asia/Tokyo")))


def actions(
    minutes: float,
    known: Said,
    one: Incident | None = None,
    levels: Levels = LEVELS,
    policy: CallPolicy = ACTING,
) -> list[Action]:
    return list(next_actions(one or incident(), known, levels, policy, at(minutes)))


def test_a_new_incident_is_announced_and_rings_whoever_pagerduty_assigned() -> None:
    assert actions(0, said()) == [Open("alert:Q1", rings=True)]


def test_in_mode_observe_nobody_is_rung_ever() -> None:
    assert actions(0, said(), policy=OBSERVING) == [Open("alert:Q1", rings=False)]
    assert actions(60, said("alert:Q1"), policy=OBSERVING) == []


def test_what_came_and_went_gets_its_thread_without_a_mention() -> None:
    assert actions(1, said(), incident(status=Status.RESOLVED, assigned=())) == [
        Open("alert:Q1", rings=False)
    ]


@pytest.mark.parametrize(
    ("minutes", "key"),
    [(3, "reminder:Q1:0:1"), (5.9, "reminder:Q1:0:1"), (6, "reminder:Q1:0:2"), (9, "reminder:Q1:0:2")],
)
def test_a_reminder_is_due_after_its_minutes(minutes: float, key: str) -> None:
    assert actions(minutes, said("alert:Q1")) == [Remind(key, (AIKO,), minutes * MINUTE)]


def test_before_the_first_reminder_there_is_nothing_to_say() -> None:
    assert actions(2.9, said("alert:Q1")) == []


def test_reminders_go_on_at_the_interval_until_somebody_acts() -> None:
    policy = replace(ACTING, acts=False)
    known = said("alert:Q1", "reminder:Q1:0:2")
    assert actions(35, known, policy=policy) == []
    assert actions(36, known, policy=policy) == [Remind("reminder:Q1:0:3", (AIKO,), 36 * MINUTE)]
    assert actions(66, known, policy=policy) == [Remind("reminder:Q1:0:4", (AIKO,), 66 * MINUTE)]


def test_after_an_outage_only_the_latest_reminder_is_given() -> None:
    assert [one.key for one in actions(7, said("alert:Q1"))] == ["reminder:Q1:0:2"]


def test_an_acknowledgement_ends_reminders_and_escalation_at_once() -> None:
    taken = incident(status=Status.ACKNOWLEDGED, acknowledged_by=(AIKO,))
    assert actions(11, said("alert:Q1", touched_at=at(2)), taken) == []


def test_a_silenced_round_is_not_reminded_of_but_still_escalates() -> None:
    known = said("alert:Q1", silenced_round=0)
    assert actions(6, known) == []
    assert [type(one) for one in actions(10, known)] == [Escalate]


def test_after_its_minutes_it_is_escalated_to_the_absolute_next_level() -> None:
    known = said("alert:Q1", "reminder:Q1:0:1", "reminder:Q1:0:2")
    assert actions(10, known) == [Escalate("joined:Q1:0:2", 2, (BEN,), 1)]


def test_a_level_with_nobody_on_call_is_skipped() -> None:
    known = said("alert:Q1", "reminder:Q1:0:2")
    assert actions(10, known, levels={1: (AIKO,), 3: (CHIE,)}) == [Escalate("joined:Q1:0:3", 3, (CHIE,), 1)]


def test_one_person_on_two_levels_is_climbed_past() -> None:
    second = Round(1, at(10), at(10), ("PAIKO",), 2)
    known = said("alert:Q1", "call:Q1:1", "reminder:Q1:1:2", round=second)
    both = {1: (AIKO,), 2: (AIKO,), 3: (CHIE,)}
    assert actions(20, known, levels=both) == [Escalate("joined:Q1:1:3", 3, (CHIE,), 2)]


@pytest.mark.parametrize("in_minutes", [-1, 0, 0.5, 1])
def test_when_pagerduty_is_about_to_escalate_toban_leaves_it_alone(in_minutes: float) -> None:
    known = said("alert:Q1", "reminder:Q1:0:2")
    assert actions(10, known, incident(escalates_at=at(10 + in_minutes))) == []


def test_when_pagerduty_is_late_by_minutes_toban_escalates() -> None:
    known = said("alert:Q1", "reminder:Q1:0:2")
    assert [type(one) for one in actions(15, known, incident(escalates_at=at(11)))] == [Escalate]


def test_above_the_last_level_everybody_is_called_once() -> None:
    top = Round(2, at(20), at(20), ("PCHIE",), 3)
    known = said("alert:Q1", "call:Q1:2", "reminder:Q1:2:2", round=top)
    last = incident(assigned=(CHIE,))
    assert actions(30, known, last) == [Exhausted("exhausted:Q1:2", 3, (AIKO, BEN, CHIE))]
    again = Said(known.thread, {*known.keys, "exhausted:Q1:2"})
    assert actions(31, again, last) == []


def test_a_later_round_calls_by_a_message_of_its_own() -> None:
    second = Round(1, at(10), at(10), ("PBEN",), 2)
    known = said("alert:Q1", "reminder:Q1:0:2", round=second)
    assert actions(10, known, incident(assigned=(BEN,))) == [Call("call:Q1:1", (BEN,))]


def test_nobody_on_call_on_level_1_is_said_and_level_2_is_called_at_once() -> None:
    alone = incident(assigned=())
    levels = {2: (BEN,)}
    assert actions(0, said("alert:Q1"), alone, levels) == [
        Unmanned("unmanned:Q1:0", 1, (BEN,)),
        Escalate("joined:Q1:0:2", 2, (BEN,), 0),
    ]


def test_nobody_on_call_at_all_is_said_loudly_and_once() -> None:
    alone = incident(assigned=())
    assert actions(0, said("alert:Q1"), alone, {}) == [Unmanned("unmanned:Q1:0", None, ())]
    assert actions(1, said("alert:Q1", "unmanned:Q1:0"), alone, {}) == []


def test_low_urgency_in_quiet_hours_waits_for_the_morning() -> None:
    low = incident(urgency="low")
    assert actions(0, said(), low, policy=NIGHT) == [Open("alert:Q1", rings=False)]
    assert actions(4.9 * 60, said("alert:Q1"), low, policy=NIGHT) == []
    assert actions(5 * 60, said("alert:Q1"), low, policy=NIGHT) == [Call("call:Q1:0", (AIKO,))]


def test_after_quiet_hours_reminders_count_from_their_end() -> None:
    low, known = incident(urgency="low"), said("alert:Q1", "call:Q1:0")
    assert actions(5 * 60 + 2, known, low, policy=NIGHT) == []
    assert [one.key for one in actions(5 * 60 + 3, known, low, policy=NIGHT)] == ["reminder:Q1:0:1"]


def test_high_urgency_rings_in_quiet_hours() -> None:
    assert actions(0, said(), policy=NIGHT) == [Open("alert:Q1", rings=True)]


def test_an_acknowledged_incident_left_untouched_is_asked_about_every_few_hours() -> None:
    taken = incident(status=Status.ACKNOWLEDGED, acknowledged_by=(BEN,))
    known = said("alert:Q1", touched_at=START)
    assert actions(239, known, taken) == []
    [asked] = actions(240, known, taken)
    assert isinstance(asked, Ask)
    assert (asked.people, asked.untouched) == ((BEN,), timedelta(hours=4))
    assert actions(300, Said(known.thread, {"alert:Q1", asked.key}), taken) == []
    assert [one.key for one in actions(480, known, taken)] == ["question:Q1:20261124T180000:2"]


def test_what_was_old_at_first_sight_rings_nobody_until_somebody_is_asked_anew() -> None:
    listed = {"form": Form.LIST, "root": "list:Q1"}
    assert actions(60, said(**listed)) == []
    anew = said(form=Form.OWN, round=Round(1, at(60), at(60), ("PAIKO",), 1))
    assert [type(one) for one in actions(60, anew)] == [Open]
    headed = Said(anew.thread, {"alert:Q1"})
    assert [type(one) for one in actions(60, headed)] == [Call]


def test_a_member_of_a_storm_is_neither_announced_nor_reminded_of_alone_but_escalates() -> None:
    member = said(form=Form.STORM, root="storm:Q0")
    assert actions(7, member) == []
    assert actions(10, member) == [Escalate("joined:Q1:0:2", 2, (BEN,), 1)]


def test_who_is_on_call_is_asked_only_where_it_matters() -> None:
    fresh = said("alert:Q1")
    assert not wants_levels(incident(), fresh, ACTING, at(5))
    assert wants_levels(incident(), fresh, ACTING, at(10))
    assert wants_levels(incident(assigned=()), fresh, ACTING, at(0))
    assert not wants_levels(incident(assigned=()), fresh, OBSERVING, at(0))
    assert not wants_levels(incident(status=Status.RESOLVED, assigned=()), fresh, ACTING, at(20))


def test_a_snoozed_incident_is_left_alone_until_it_wakes() -> None:
    asleep = incident(status=Status.ACKNOWLEDGED, acknowledged_by=(BEN,), wakes_at=at(600))
    assert actions(300, said("alert:Q1"), asleep) == []
    assert [type(one) for one in actions(601, said("alert:Q1"), asleep)] == [Ask]


def test_a_level_that_is_asked_already_is_not_asked_once_more() -> None:
    known = said("alert:Q1", "reminder:Q1:0:2")
    both = {1: (AIKO,), 2: (AIKO,), 3: (CHIE,)}
    assert actions(10, known, levels=both) == [Escalate("joined:Q1:0:3", 3, (CHIE,), 1)]
    [end] = actions(10, known, levels={1: (AIKO,), 2: (AIKO,)})
    assert isinstance(end, Exhausted)


def test_people_asked_to_join_are_followed_by_the_next_level() -> None:
    known = said("alert:Q1", "reminder:Q1:0:2", "joined:Q1:0:2")
    assert actions(19, known) == []
    assert actions(20, known) == [Escalate("joined:Q1:0:3", 3, (CHIE,), 2)]


def test_what_is_said_late_after_an_outage_of_slacks_rings_nobody_in_its_head() -> None:
    assert actions(16, said(), policy=replace(ACTING, acts=False))[0] == Open("alert:Q1", rings=False)


def test_reminders_count_from_when_the_head_could_be_said() -> None:
    known = replace(said("alert:Q1"), head_at=at(60))
    policy = replace(ACTING, acts=False)
    assert actions(62, known, policy=policy) == []
    assert actions(63, known, policy=policy) == [Remind("reminder:Q1:0:1", (AIKO,), 63 * MINUTE)]


def test_an_acknowledged_incident_is_asked_about_three_times_at_most() -> None:
    taken = incident(status=Status.ACKNOWLEDGED, acknowledged_by=(BEN,))
    assert actions(16 * 60, said("alert:Q1"), taken) == []

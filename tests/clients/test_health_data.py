"""What health reads, against a count of its own in pandas over the log entries of a made-up company."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from history_warehouse import sync_history
from toban.clients.health_data import read_facts
from toban.domain.health.frame import Frame
from toban.domain.health.hours import HourKind
from toban.domain.health.load import load
from toban.domain.health.nouns import Topic
from toban.errors import WarehouseError
from toban.jobs.claims import claims_of
from toban.jobs.health_report import health_report
from toban.settings import parse_settings

TOKYO = ZoneInfo("Asia/Tokyo")
MONDAY = date(2026, 11, 9)
CALLS = ("push", "phone", "sms", "push_notification", "phone_notification", "sms_notification")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    return sync_history(tmp_path_factory.mktemp("warehouse"))


@pytest.fixture(scope="module")
def restricted(warehouse):
    with warehouse.read(restricted=True) as snapshot:
        yield snapshot


@pytest.fixture(scope="module")
def configured(restricted):
    """The team of the first policy: its services, and what of other services comes to that policy."""
    policies = restricted.rows("select id from escalation_policies order by id")
    first = policies[0]["id"]
    services = restricted.rows("select id from services where escalation_policy_id = ? order by id", [first])
    one, *others = [
        {
            "id": f"t{n}", "name": f"Team {n}", "time_zone": "Asia/Tokyo", "announce_channel": "#all",
            "escalation_policies": [policy["id"]],
            "services": [row["id"] for row in services] if n == 0 else [],
        }
        for n, policy in enumerate(policies)
    ]  # fmt: skip
    return parse_settings(
        {
            "fallback_channel": "#ops",
            "slack": {"trial_channel": "#trial"},
            "reporting": {"time_zone": "Asia/Tokyo"},
            "teams": [one, *others],
        }
    )


@pytest.fixture(scope="module")
def counted(restricted, configured):
    """One row an interruption of the team, by pandas: gaps of more than a minute part them."""
    entries = restricted.frame(
        "select user_id, incident_id, created_at, lower(notification_type) as how from log_entries "
        "where type = 'notify' and user_id is not null"
    )
    calls = entries[entries["how"].isin(CALLS)].sort_values(["user_id", "created_at", "incident_id"])
    begins = calls.groupby("user_id")["created_at"].diff().gt(pd.Timedelta(seconds=60))
    begins |= calls["user_id"] != calls["user_id"].shift()
    first = calls[begins]
    incidents = restricted.frame("select id, service_id, escalation_policy_id from incidents").set_index("id")
    team = configured.teams[0]
    theirs = incidents[
        incidents["service_id"].isin(team.services)
        | incidents["escalation_policy_id"].isin(team.escalation_policies)
    ]
    return first[first["incident_id"].isin(theirs.index)].reset_index(drop=True)


def local(counted, restricted):
    """The same with each person's own clock."""
    zones = {row["id"]: row["time_zone"] for row in restricted.rows("select id, time_zone from users")}
    moments = [
        moment.to_pydatetime().astimezone(ZoneInfo(zones[user] or "Asia/Tokyo"))
        for moment, user in zip(counted["created_at"], counted["user_id"], strict=True)
    ]
    return counted.assign(local=moments, kind=[kind(moment) for moment in moments])


def kind(moment):
    if moment.hour >= 22 or moment.hour < 8:
        return "sleep"
    return "business" if moment.weekday() < 5 and 8 <= moment.hour < 18 else "off"


def facts(restricted, configured, since=MONDAY):
    team = configured.teams[0]
    frame = Frame(team.id, team.name, TOKYO, since, weeks=8)
    return frame, read_facts(restricted, frame.whole, claims_of(team, configured), team.schedules, TOKYO)


def test_the_interruptions_are_those_that_a_count_of_its_own_finds(restricted, configured, counted):
    frame, read = facts(restricted, configured)
    begun = counted[counted["created_at"].between(frame.whole.start, frame.whole.end, inclusive="left")]
    assert len(read.interruptions) == len(begun) > 50
    assert {(one.person_id, one.at.replace(microsecond=0)) for one in read.interruptions} == {
        (user, moment.to_pydatetime().astimezone(UTC).replace(microsecond=0))
        for user, moment in zip(begun["user_id"], begun["created_at"], strict=True)
    }


def test_kinds_nights_and_hours_of_a_week_are_those_of_pandas(restricted, configured, counted):
    frame, read = facts(restricted, configured)
    rung = local(counted, restricted)
    week = rung[rung["created_at"].between(frame.week.start, frame.week.end, inclusive="left")]
    found = load([one for one in read.interruptions if frame.week.holds(one.at)], read.clocks)
    kinds = week["kind"].value_counts()
    assert {each: found.by_kind[each] for each in HourKind} == {
        each: int(kinds.get(each.value, 0)) for each in HourKind
    }
    asleep = week[week["kind"] == "sleep"]
    nights = {
        (user, (moment - timedelta(hours=12)).date())
        for user, moment in zip(asleep["user_id"], asleep["local"], strict=True)
    }
    hours = {
        (user, moment.strftime("%d%H")) for user, moment in zip(week["user_id"], week["local"], strict=True)
    }
    assert (found.nights, found.hours) == (len(nights), len(hours))
    assert found.total > 0


def test_shifts_people_and_plans_come_along(restricted, configured):
    frame, read = facts(restricted, configured)
    assert {shift.policy_id for shift in read.shifts} == set(configured.teams[0].escalation_policies)
    assert len(read.shifts) > 8
    assert read.names.keys() == {one.person_id for one in read.people}
    assert all(one.notification_rules and one.notification_rules > 0 for one in read.people)
    assert read.knows(frame.week)
    assert read.planned_until > frame.week.end


def test_the_report_s_share_of_night_shifts_is_that_of_pandas(restricted, configured, counted):
    """Shifts of the first level that touch are one; none is so long that it would be cut in weeks."""
    team = configured.teams[0]
    week = datetime(2026, 11, 12, tzinfo=UTC).date()
    now = datetime(2026, 11, 20, tzinfo=UTC)
    made = health_report(team, settings=configured, restricted=restricted, week=week, now=now)
    share = next(one for one in made.of_team if one.topic is Topic.NIGHT_SHIFT_SHARE)
    shifts = restricted.frame(
        "select user_id, start_at, end_at from oncall_shifts where level = 1 "
        "and escalation_policy_id = ? and start_at < ? and end_at > ?",
        [team.escalation_policies[0], share.span.end, share.span.start],
    ).sort_values(["user_id", "start_at"])
    goes_on = (shifts["user_id"] == shifts["user_id"].shift()) & (
        shifts["start_at"] <= shifts["end_at"].shift()
    )
    held = shifts.groupby((~goes_on).cumsum()).agg(
        user=("user_id", "first"), start=("start_at", "min"), end=("end_at", "max")
    )
    held = held.assign(
        start=held["start"].clip(lower=share.span.start), end=held["end"].clip(upper=share.span.end)
    )
    rung = local(counted, restricted).query("kind == 'sleep'")
    struck = [
        bool(
            (
                (rung["user_id"] == one.user)
                & (rung["created_at"] >= one.start)
                & (rung["created_at"] < one.end)
            ).any()
        )
        for one in held.itertuples()
    ]
    assert share.n == len(held) > 8
    assert share.value == pytest.approx(sum(struck) / len(struck))
    assert share.value > 0


def test_the_general_snapshot_is_refused_in_one_sentence(warehouse, configured):
    with warehouse.read() as general, pytest.raises(WarehouseError, match="open the restricted one"):
        facts(general, configured)

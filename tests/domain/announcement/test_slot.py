"""When the announcement is due, and which teams share it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from duty_samples import BERLIN, NEW_YORK, TOKYO, local
from toban.domain.announcement.slot import WEEKDAYS, due_now, groups, last_due

MONDAY = date(2026, 11, 23)
TRIAL = "#trial"


@dataclass(frozen=True)
class Team:
    id: str
    zone: ZoneInfo = TOKYO
    announce_at: time = time(10)
    announce_channel: str = "#oncall"
    mode: str = "announce"
    weekdays: tuple[str, ...] = WEEKDAYS


teams = st.lists(
    st.builds(
        Team,
        st.text("abcdef", min_size=4, max_size=4),
        st.sampled_from([TOKYO, BERLIN, NEW_YORK, ZoneInfo("Europe/Paris")]),
        st.sampled_from([time(0), time(10), time(23, 30)]),
        st.sampled_from(["#oncall", "#dev"]),
        st.sampled_from(["observe", "announce", "act"]),
        st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(tuple),
    ),
    max_size=6,
    unique_by=lambda team: team.id,
)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(teams, days)
def test_every_team_that_speaks_on_a_day_is_in_exactly_one_group(some: list[Team], day: date) -> None:
    found = [team.id for group in groups(some, day, TRIAL) for team in group.teams]
    assert sorted(found) == sorted(t.id for t in some if WEEKDAYS[day.weekday()] in t.weekdays)


@given(teams, days)
def test_no_two_groups_have_the_same_key(some: list[Team], day: date) -> None:
    keys = [group.key for group in groups(some, day, TRIAL)]
    assert len(set(keys)) == len(keys)


@given(teams, days)
def test_a_run_at_the_hour_is_for_this_days_group_of_the_team(some: list[Team], day: date) -> None:
    for group in groups(some, day, TRIAL):
        for team in group.teams:
            found = due_now(some, team, group.due, TRIAL)
            assert found is not None
            assert found.key == group.key


def test_teams_of_a_channel_and_hour_share_one_message_also_over_zones_with_the_same_clock() -> None:
    some = [Team("a", BERLIN), Team("b", ZoneInfo("Europe/Paris")), Team("c", TOKYO), Team("d", BERLIN)]
    assert [[t.id for t in g.teams] for g in groups(some, MONDAY, TRIAL)] == [["a", "b", "d"], ["c"]]
    other = [Team("a"), Team("b", announce_at=time(11)), Team("c", announce_channel="#dev")]
    assert len(groups(other, MONDAY, TRIAL)) == 3


def test_a_team_in_mode_observe_speaks_in_the_trial_channel() -> None:
    [group] = groups([Team("a", mode="observe")], MONDAY, TRIAL)
    assert group.channel == TRIAL


def test_the_key_is_the_channel_and_the_local_hour() -> None:
    [group] = groups([Team("a")], MONDAY, TRIAL)
    assert group.key == "shifts:#oncall:2026-11-23T10:00:00+09:00"


def test_the_hour_stays_ten_when_the_clocks_change() -> None:
    [before] = groups([Team("a", BERLIN)], date(2026, 10, 24), TRIAL)
    [after] = groups([Team("a", BERLIN)], date(2026, 10, 25), TRIAL)
    assert after.due - before.due == timedelta(hours=25)
    assert after.at.hour == before.at.hour == 10


def test_on_a_day_without_announcement_nothing_is_due() -> None:
    office = Team("a", weekdays=WEEKDAYS[:5])
    saturday = local(TOKYO, 2026, 11, 28, 10)
    assert due_now([office], office, saturday, TRIAL) is None
    found = last_due([office], office, saturday, TRIAL)
    assert found is not None
    assert found.at.date() == date(2026, 11, 27)


def test_a_late_run_is_still_for_its_day_and_an_early_one_for_the_day_before() -> None:
    team = Team("a")
    for hour, day in ((10, 23), (15, 23), (23, 23), (9, 22)):
        found = due_now([team], team, local(TOKYO, 2026, 11, 23, hour), TRIAL)
        assert found is not None
        assert found.at.date() == date(2026, 11, day)


def test_on_monday_morning_a_team_of_weekdays_does_not_announce_for_friday() -> None:
    office = Team("a", weekdays=WEEKDAYS[:5])
    assert due_now([office], office, local(TOKYO, 2026, 11, 23, 9), TRIAL) is None


def test_a_run_past_midnight_is_for_the_evening_before_although_the_new_day_is_silent() -> None:
    office = Team("a", announce_at=time(23, 30), weekdays=WEEKDAYS[:5])
    found = due_now([office], office, local(TOKYO, 2026, 11, 28, 0, 10), TRIAL)
    assert found is not None
    assert found.at.date() == date(2026, 11, 27)


def test_on_the_day_of_25_hours_a_run_in_the_last_one_is_still_for_the_day_before() -> None:
    team = Team("a", BERLIN)
    found = due_now([team], team, local(BERLIN, 2026, 10, 25, 9, 30), TRIAL)
    assert found is not None
    assert found.at.date() == date(2026, 10, 24)


def test_now_may_be_given_in_any_zone() -> None:
    team, at = Team("a", NEW_YORK), datetime(2026, 11, 1, 15, 30, tzinfo=UTC)
    found = [due_now([team], team, at.astimezone(zone), TRIAL) for zone in (TOKYO, NEW_YORK, BERLIN)]
    assert len({group.key for group in found if group}) == 1
    assert all(found)

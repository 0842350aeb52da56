"""Health told in Slack over HTTP: sums in the weekly report's thread, persons in a private channel alone."""

from datetime import datetime, time, timedelta

import httpx
import pytest

from report_samples import MONDAY, NOW, TOKYO
from report_warehouse import fill, settings
from sandbox_server import running
from toban.clients.ledger import Ledger
from toban.clients.messenger import Messenger
from toban.clients.slack import Slack
from toban.clients.warehouse import Warehouse
from toban.domain.health.nouns import Topic
from toban.domain.message import Message
from toban.errors import SettingsError, SlackRefused, UsageError, WarehouseError
from toban.jobs.health.limits import hour_rule, thresholds_of
from toban.jobs.health.telling import tell_health
from toban.jobs.health_report import health_report
from toban.jobs.weekly_report import report_key
from toban.sandbox.slack.app import create_app
from toban.sandbox.slack.workspace import Workspace
from toban.settings import BusinessHours

pytestmark = pytest.mark.slow

PRIVATE, OPEN, SHARED = "C0PRIVATE1", "C0OPEN0001", "C0SHARED01"
CHANNELS = (
    "pay",
    "trial",
    {"name": "pay-health", "id": PRIVATE, "is_private": True},
    {"name": "pay-open", "id": OPEN},
    {"name": "pay-abroad", "id": SHARED, "is_private": True},
)
HOSTILE = "<!channel> Ben & <@U1>"
NAMES = ("Aiko", "Ben", "Cai")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    """Twelve weeks of incidents, three people who take turns, and one of them cannot be rung."""
    made = Warehouse(tmp_path_factory.mktemp("warehouse"))
    with made.write() as writer:
        people = (("U1", "Aiko", 2), ("U2", HOSTILE, 0), ("U3", "Cai", 1))
        writer.merge(
            "users",
            [
                {"id": each, "name": name, "time_zone": "Asia/Tokyo", "notification_rules": rules}
                for each, name, rules in people
            ],
        )
        writer.merge("oncall_shifts", [shift(day) for day in range(7 * -11, 7 * 4)])
        known = [each.isoformat() for each in (begin(7 * -11), begin(7 * 4))]
        writer.set_state("shifts", f'[["{known[0]}", "{known[1]}"]]')
        fill(writer)
    return made


def begin(day):
    return datetime.combine(MONDAY + timedelta(days=day), time(), TOKYO)


def shift(day):
    return {
        "escalation_policy_id": "E1", "level": 1, "schedule_id": "D1", "user_id": f"U{day % 3 + 1}",
        "start_at": begin(day), "end_at": begin(day + 1),
    }  # fmt: skip


@pytest.fixture
def workspace():
    made = Workspace.for_people([], CHANNELS)
    made.channels.change(SHARED, is_ext_shared=True)
    return made


@pytest.fixture
def url(workspace):
    with running(create_app(workspace, rates="off")) as address:
        yield address


@pytest.fixture
def slack(url):
    return Slack("xoxb-1", f"{url}/api/", sleep=lambda _: None)


@pytest.fixture
def messenger(slack, tmp_path):
    ledger = Ledger(f"sqlite:///{tmp_path}/ledger.db")
    ledger.migrate()
    return Messenger(ledger, slack, sleep=lambda _: None)


@pytest.fixture
def weekly(messenger):
    """The weekly report has been posted."""
    return messenger.say(report_key(settings().team("pay"), MONDAY), "#pay", Message("the week"))


@pytest.fixture
def tell(warehouse, messenger, slack):
    def run(action="post", channel=PRIVATE, configured=None, **team):
        every = configured or settings(people_channel=channel, **team)
        made = read(warehouse, every)
        return tell_health(made, every.team("pay"), messenger=messenger, slack=slack, action=action)

    return run


def read(warehouse, every):
    with warehouse.read(restricted=True) as restricted:
        return health_report(every.team("pay"), settings=every, restricted=restricted, week=MONDAY, now=NOW)


def said(url, channel):
    answer = httpx.get(f"{url}/_sandbox/messages", params={"channel": channel}).json()
    return [one for message in answer for one in (message, *message.get("replies", []))]


def keys(url, channel):
    return [one["metadata"]["event_payload"]["key"] for one in said(url, channel)]


def test_the_sums_stand_in_the_weekly_report_s_thread_and_name_nobody(url, weekly, tell):
    tell()
    sums = said(url, "pay")[-1]
    assert sums["thread_ts"] == weekly.ts
    assert sums["text"].startswith("On-call health: ")
    assert not [name for name in NAMES if name in str(sums)]


@pytest.mark.usefixtures("weekly")
def test_persons_are_named_in_the_private_channel_alone(url, tell):
    tell()
    (told,) = said(url, "pay-health")
    assert "Aiko" in str(told)
    assert "no notification rules" in str(told)
    assert not [name for name in NAMES if name in str(said(url, "pay"))]


@pytest.mark.usefixtures("weekly")
def test_told_twice_it_stands_there_once_under_keys_of_team_and_week(url, tell):
    tell()
    tell()
    assert keys(url, "pay") == ["weekly:pay:2026-11-16", "health:pay:2026-11-16"]
    assert keys(url, "pay-health") == ["health:pay:2026-11-16:people"]


@pytest.mark.usefixtures("weekly")
def test_what_broke_off_between_the_two_is_finished_by_the_next_run(url, tell, workspace):
    workspace.channels.change(PRIVATE, is_archived=True)
    with pytest.raises(SlackRefused, match="archived"):
        tell()
    assert len(said(url, "pay")) == 2
    workspace.channels.change(PRIVATE, is_archived=False)
    tell()
    assert len(said(url, "pay")) == 2
    assert len(said(url, "pay-health")) == 1


@pytest.mark.usefixtures("weekly")
def test_a_channel_that_everybody_can_read_is_refused_and_nothing_is_posted(url, tell):
    with pytest.raises(SettingsError, match="of team 'pay', #pay-open, can be read by everybody"):
        tell(channel=OPEN)
    assert keys(url, "pay") == ["weekly:pay:2026-11-16"]
    assert said(url, "pay-open") == []


@pytest.mark.usefixtures("weekly")
def test_a_private_channel_shared_with_another_company_is_refused(url, tell):
    with pytest.raises(SettingsError, match="another company"):
        tell(channel=SHARED)
    assert said(url, "pay-abroad") == []


@pytest.mark.usefixtures("weekly")
def test_without_a_channel_only_the_sums_are_told(url, tell):
    assert tell(channel=None).people is None
    assert len(said(url, "pay")) == 2
    assert said(url, "pay-health") == []


def test_observing_names_nobody_anywhere(url, tell, messenger):
    messenger.say(report_key(settings().team("pay"), MONDAY), "#trial", Message("the week"))
    tell(mode="observe")
    assert len(said(url, "trial")) == 2
    assert said(url, "pay") == said(url, "pay-health") == []


def test_before_the_weekly_report_there_is_no_thread(url, tell):
    with pytest.raises(UsageError, match="post that first"):
        tell()
    assert said(url, "pay-health") == []


def test_a_preview_says_nothing(url, tell):
    told = tell("preview")
    assert told.people is not None
    assert said(url, "pay") == said(url, "pay-health") == []


@pytest.mark.usefixtures("weekly")
def test_a_correction_edits_both_and_says_what_was_left_unsaid(url, tell):
    tell(channel=None)
    before = said(url, "pay")[-1]["text"]
    own = {"limit": 0, "source": "our agreement"}
    tell(
        "correct", configured=settings(people_channel=PRIVATE, health={"rise": own, "night_shift_share": own})
    )
    sums = said(url, "pay")[-1]
    assert (len(said(url, "pay")), len(said(url, "pay-health"))) == (2, 1)
    assert sums["text"] != before
    assert "our agreement" in str(sums)


@pytest.mark.usefixtures("weekly")
def test_nobody_is_rung_though_names_try(url, tell):
    tell()
    assert not [one for one in (*said(url, "pay"), *said(url, "pay-health")) if one.get("rings")]


@pytest.mark.usefixtures("weekly")
def test_the_team_hears_its_own_language(url, tell):
    tell(language="ja")
    assert said(url, "pay")[-1]["text"].startswith("オンコールの負荷: ")
    assert "個人別" in said(url, "pay-health")[-1]["text"]


def test_the_report_rests_on_the_team_s_own_incidents_and_shifts(warehouse):
    """Five of the 14 incidents are another team's. U1 alone is rung, and on duty for two of the others."""
    made = read(warehouse, settings())
    assert made.week.load.total == 9
    assert set(made.loads) == {"U1"}
    assert made.known_weeks == 12
    assert made.off_duty == 7
    rules = next(one for one in made.of_people if one.topic is Topic.NOTIFICATION_RULES)
    assert (rules.person_id, rules.value) == ("U2", 0)
    assert [each.start for each in made.coming] == [MONDAY + timedelta(weeks=n) for n in (1, 2, 3)]


def test_the_general_snapshot_is_refused(warehouse):
    every = settings()
    with warehouse.read() as general, pytest.raises(WarehouseError, match="On-call health concerns persons"):
        health_report(every.team("pay"), settings=every, restricted=general, week=MONDAY, now=NOW)


def test_a_team_s_own_limit_goes_before_everybody_s_and_that_before_toban_s():
    every = settings(health={"gini": {"limit": 0.5, "source": "ours"}})
    limits = {"gini": {"limit": 0.4, "source": "all"}, "rise": {"limit": 0.1, "source": "all"}}
    both = every.model_copy(update={"health": type(every.health).model_validate(limits)})
    found = thresholds_of(both.team("pay"), both)
    assert (found.gini.value, found.gini.source) == (0.5, "ours")
    assert (found.rise.value, found.rise.source) == (0.1, "all")
    assert found.nights_per_week.value == 2
    assert thresholds_of(both.team("web"), both).gini.value == 0.4


def test_hours_are_told_apart_as_the_warehouse_does():
    rule = hour_rule(BusinessHours(start=time(9), end=time(17), sleep_from=time(0), sleep_until=time(6)))
    kinds = [rule.kind(datetime(2026, 11, 16, hour, tzinfo=TOKYO)).value for hour in (0, 6, 9, 17, 23)]
    assert kinds == ["sleep", "off", "business", "off", "off"]
    assert rule.kind(datetime(2026, 11, 21, 9, tzinfo=TOKYO)).value == "off"

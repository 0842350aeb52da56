from datetime import timedelta

import httpx
import pytest

from clients.ledger.alert_rows import thread
from report_samples import MONDAY, NOW
from report_warehouse import fill, settings
from sandbox_server import running
from toban.clients.ledger import Ledger
from toban.clients.messenger import Messenger
from toban.clients.runbook_warm import WarmRunbooks
from toban.clients.slack import Slack
from toban.clients.warehouse import Warehouse
from toban.domain.presses.nouns import Action, Outcome, Press
from toban.domain.preview import preview
from toban.errors import SettingsError, SlackUnavailable, UsageError
from toban.jobs.weekly_report import weekly_report
from toban.sandbox.slack.app import create_app
from toban.sandbox.slack.workspace import Workspace

pytestmark = pytest.mark.slow

CHANNELS = ("pay", "pay-people", "trial", "pay-reports")
PARTS = 5  # the message, the chart, three in the thread


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    made = Warehouse(tmp_path_factory.mktemp("warehouse"))
    with made.write() as writer:
        fill(writer)
    return made


@pytest.fixture
def url():
    with running(create_app(Workspace.for_people([], CHANNELS), rates="off")) as address:
        yield address


@pytest.fixture
def messenger(url, tmp_path):
    ledger = Ledger(f"sqlite:///{tmp_path}/ledger.db")
    ledger.migrate()
    return Messenger(ledger, Slack("xoxb-1", f"{url}/api/", sleep=lambda _: None), sleep=lambda _: None)


@pytest.fixture
def report(warehouse, messenger):
    def run(action="post", now=NOW, configured=None, restricted=True, runbooks=None):
        every = configured or settings()
        with warehouse.read() as snapshot, warehouse.read(restricted=True) as persons:
            return weekly_report(
                every.team("pay"),
                settings=every,
                snapshot=snapshot,
                restricted=persons if restricted else None,
                messenger=messenger,
                runbooks=runbooks,
                week=MONDAY,
                now=now,
                action=action,
            )

    return run


def said(url, channel):
    """Everything in the channel, threads included, oldest first."""
    answer = httpx.get(f"{url}/_sandbox/messages", params={"channel": channel}).json()
    return [one for message in answer for one in (message, *message.get("replies", []))]


def test_a_report_is_a_message_a_chart_and_a_thread(url, report):
    made = report()
    main, *rest = [one for one in said(url, "pay") if not one.get("files")]
    (chart,) = [one for one in said(url, "pay") if one.get("files")]
    assert main["text"] == made.message.text
    assert [one["thread_ts"] for one in rest] == [main["ts"]] * 3
    assert "thread_ts" not in chart or chart["thread_ts"] is None


def test_the_keys_name_team_week_and_part(url, report):
    report()
    keys = [(one.get("metadata") or {}).get("event_payload", {}).get("key") for one in said(url, "pay")]
    key = "weekly:pay:2026-11-16"
    assert {each for each in keys if each} == {key, *(f"{key}:thread:{n}" for n in (1, 2, 3))}


def test_a_report_run_twice_is_posted_once(url, report):
    report()
    report()
    assert len(said(url, "pay")) == PARTS
    assert len(said(url, "pay-people")) == 1


def test_a_run_that_broke_off_is_finished_by_the_next_without_repeating_itself(url, report):
    httpx.post(f"{url}/_sandbox/faults", json={"kind": "500", "times": 50, "path": "files."})
    with pytest.raises(SlackUnavailable):
        report()
    httpx.delete(f"{url}/_sandbox/faults")
    assert len(said(url, "pay")) == 1
    report()
    assert len(said(url, "pay")) == PARTS


def test_a_preview_says_nothing(url, report):
    made = report("preview")
    assert said(url, "pay") == []
    assert made.png.startswith(b"\x89PNG")
    assert "Payments" in preview(made.message)


def test_a_correction_edits_what_was_said_and_shows_the_new_chart_once_in_the_thread(url, report):
    report()
    later = NOW + timedelta(days=1)
    for _ in range(2):
        report("correct", now=later)
    messages = said(url, "pay")
    assert len(messages) == PARTS + 1
    assert messages[0]["blocks"][0]["text"]["text"].startswith(":warning: The data is 1 d old")
    assert sum(bool(one.get("files")) for one in messages) == 2


def test_nothing_can_be_corrected_before_it_was_posted(report):
    with pytest.raises(UsageError, match="weekly:pay:2026-11-16"):
        report("correct")


def test_observing_speaks_in_the_trial_channel_alone_and_of_no_person(url, report):
    report(configured=settings(mode="observe"))
    assert len(said(url, "trial")) == PARTS
    assert said(url, "pay") == said(url, "pay-people") == []


def test_calls_by_person_are_said_in_the_people_channel_alone(url, report):
    report()
    assert "Aiko" in str([one["blocks"] for one in said(url, "pay-people")])
    without_notes = [one for one in said(url, "pay") if "cleaned" not in str(one)]
    assert "Aiko" not in str(without_notes)


def test_the_teams_alerts_without_a_runbook_are_named_in_the_thread(report, tmp_path):
    ledger = Ledger(f"sqlite:///{tmp_path}/ledger.db")
    told = thread(1, team_id="pay", runbook_id="torn-tape"), thread(2, team_id="web", runbook_id="web-only")
    ledger.threads.save(told, now=NOW)
    for number in (1, 2):
        press = Press(f"k{number}", f"Q{number}", Action.WRONG, "U1", None, None, NOW)
        ledger.presses.record(press)
        ledger.presses.finish(press, Outcome.DONE, incident_id=f"Q{number}", now=NOW)
    (tmp_path / "runbooks").mkdir()
    warm = WarmRunbooks(tmp_path / "runbooks", lambda: ledger)
    said = preview(report("preview", runbooks=warm).thread[1])
    assert "• no runbook: " in said
    assert "service 2" not in said.partition("Runbooks")[2]
    assert "• judged wrong: torn-tape (1 of 1 answers)" in said
    assert "web-only" not in said
    assert "no runbook" not in preview(report("preview").thread[1])


def test_without_the_restricted_snapshot_nothing_is_said_of_persons(url, report):
    report(restricted=False)
    assert said(url, "pay-people") == []


def test_a_report_rings_nobody_though_titles_try(url, report):
    report()
    assert not [one for one in said(url, "pay") if one.get("rings")]


def test_the_report_channel_goes_before_the_announcement_channel(url, report):
    report(configured=settings(report_channel="#pay-reports"))
    assert len(said(url, "pay-reports")) == PARTS
    assert said(url, "pay") == []


def test_the_team_hears_its_own_language(url, report):
    report(configured=settings(language="ja"))
    assert "平均確認時間（中央値）" in said(url, "pay")[0]["text"]


def test_a_team_that_claims_no_incidents_is_told_so_instead_of_a_quiet_week(report):
    nobodys = settings(services=[], escalation_policies=[], schedules=["D1"])
    with pytest.raises(SettingsError, match="claims no incidents"):
        report(configured=nobodys)

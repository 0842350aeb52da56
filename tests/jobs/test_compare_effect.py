"""The weekly report asks whether the improvement helped, of the team's own incidents up to that week."""

from datetime import timedelta

import pytest

from report_samples import MONDAY, NOW
from report_warehouse import fill, settings
from toban.clients.warehouse import Warehouse
from toban.domain.effect.nouns import Verdict
from toban.domain.preview import preview
from toban.jobs.compare_effect import compare_effect, first_reminder
from toban.jobs.weekly_report import scope_of, weekly_report
from toban.settings import ReportingSettings

SINCE = MONDAY - timedelta(weeks=3)  # each week is slower by half a minute: those from here on, too


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    made = Warehouse(tmp_path_factory.mktemp("warehouse"))
    with made.write() as writer:
        fill(writer)
    with made.read() as opened:
        yield opened


def dated(since, **team):
    reporting = ReportingSettings(time_zone="Asia/Tokyo", improvements_since=since)
    return settings(**team).model_copy(update={"reporting": reporting})


def report(snapshot, configured, week=MONDAY):
    return weekly_report(
        configured.team("pay"), settings=configured, snapshot=snapshot, week=week, now=NOW, action="preview"
    )


def test_the_report_compares_the_wait_from_the_teams_first_reminder_on(snapshot):
    made = report(snapshot, dated(SINCE, calling={"remind_minutes": [2, 6]}))
    effect = made.report.effect
    assert (effect.minute, effect.since) == (2, SINCE)
    assert effect.verdict is Verdict.SLOWER
    assert "after 2 min, the median further wait rose from" in preview(made.thread[0])
    assert "Did it help?" in preview(made.thread[0])


def test_it_is_said_in_the_teams_language(snapshot):
    made = report(snapshot, dated(SINCE, language="ja"))
    assert "効果はあったか" in preview(made.thread[0])
    assert "3分後に未確認だったインシデントでは" in preview(made.thread[0])


def test_only_the_teams_incidents_are_compared(snapshot):
    configured = dated(SINCE)
    pay, web = (
        compare_effect(snapshot, minute=1, since=SINCE, claims=scope_of(team, configured).claims)
        for team in configured.teams
    )
    everybody = compare_effect(snapshot, minute=1, since=SINCE)
    assert 0 < web.after.n < pay.after.n
    assert pay.after.n + web.after.n == everybody.after.n


def test_what_began_after_the_week_reported_does_not_count(snapshot):
    configured = dated(SINCE)
    earlier = report(snapshot, configured, week=SINCE).report.effect
    now = report(snapshot, configured).report.effect
    assert earlier.after.n + earlier.after.unmatched < now.after.n + now.after.unmatched
    assert earlier.verdict is Verdict.TOO_FEW


@pytest.mark.parametrize("since", [None, MONDAY + timedelta(weeks=1)])
def test_without_a_day_or_before_it_nothing_is_said(snapshot, since):
    made = report(snapshot, dated(since))
    assert made.report.effect is None
    assert "Did it help?" not in preview(made.thread[0])


def test_a_team_that_is_never_reminded_is_compared_from_the_usual_minute_on():
    (pay, _) = settings(calling={"remind_minutes": []}).teams
    assert (first_reminder(pay), first_reminder(None)) == (3, 3)

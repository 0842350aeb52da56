from dataclasses import replace

import pytest

from report_samples import incident, report, services
from toban.domain.report.headline import headline
from toban.locale import language

EN, JA = language("en"), language("ja")


def week(incidents, median_s=240, usual_s=240, usual_slow=None):
    made = report(median_s, usual_s, incidents=len(incidents))
    return replace(made, incidents=tuple(incidents), services=services(incidents, usual_slow))


def plain(n, **more):
    return [incident(i, title=f"Problem of kind {chr(97 + i % 26)}", **more) for i in range(n)]


def test_a_better_week_says_how_much_and_against_what():
    assert headline(week(plain(12), 150, 300), EN) == (
        "*Better:* median MTTA 2 min 30 s, within the goal of 5 min and 50% shorter than the mean of the "
        "last 8 weeks (5 min); most incidents: checkout (12 of 12); nothing stands out to change."
    )


def test_the_japanese_sentence_is_one_sentence_with_the_same_facts():
    assert headline(week(plain(12), 150, 300), JA) == (
        "*改善* 平均確認時間（中央値）は2分30秒で目標の5分以内、直近8週の平均（5分）より50%短縮、"
        "最も多いのは checkout（12件中12件）、特に見直す点はありません。"
    )


def test_seven_incidents_are_too_few_to_speak_of_a_trend():
    said = headline(week(plain(7), 900), EN)
    assert said.startswith(
        "*Too few incidents (7) to speak of a trend:* median MTTA 15 min, over the goal of 5 min;"
    )
    assert "%" not in said


def test_a_quiet_week_is_told_as_one():
    assert headline(report(None, incidents=0), EN) == "*Quiet week:* no incidents, after 20 the week before."
    assert (
        headline(report(None, incidents=0), JA) == "*静かな1週間でした* インシデントは0件です（前週は20件）。"
    )


def test_the_cause_of_a_worse_week_is_the_service_that_rose_not_the_one_that_is_always_slow():
    always = plain(8, service="search", acknowledged_s=400)
    rose = plain(5, service="checkout", acknowledged_s=400)
    said = headline(week(always + rose, 600, 300, usual_slow={"search": 8}), EN)
    assert "*Worse:*" in said
    assert "biggest cause: checkout (5 of 13 over the goal)" in said


def test_one_alert_behind_half_of_the_late_acknowledgements_is_the_cause():
    same = [incident(i, title=f"Disk full on db-{i}", acknowledged_s=900) for i in range(6)]
    others = plain(6, service="search", acknowledged_s=900)
    assert "biggest cause: Disk full on … (6 of 12 over the goal)" in headline(week(same + others, 600), EN)


def test_alerts_that_resolve_by_themselves_suggest_a_delay():
    noise = [
        incident(
            i, title=f"CPU of web-{i}" if i % 2 else "Probe failed", acknowledged_s=None, resolved_itself=True
        )
        for i in range(10)
    ]
    said = headline(week([*noise, *plain(12)]), EN)
    assert said.endswith("; 2 alerts resolved by themselves 10 times: consider a delay before they page.")


def test_late_acknowledgements_at_night_suggest_a_second_person():
    nights = plain(6, hour=3, acknowledged_s=900)
    said = headline(week([*nights, *plain(6)], 600), EN)
    assert said.endswith("; 6 of the 6 over the goal were at night: consider a second person on call then.")


def test_incidents_that_moved_up_unanswered_suggest_a_look_at_how_people_are_reached():
    passed_on = plain(4, timeout_escalations=1)
    said = headline(week([*passed_on, *plain(8)], 600), EN)
    assert "4 of 12 incidents went on to the next level unanswered" in said


def test_an_alert_that_makes_a_quarter_of_the_week_suggests_a_look_at_its_cause():
    same = [incident(i, title="Backlog") for i in range(6)]
    assert "“Backlog” came 6 times" in headline(week([*same, *plain(8)]), EN)


@pytest.mark.parametrize("language_", [EN, JA])
def test_a_hostile_name_rings_nobody(language_):
    hostile = [incident(i, title="<!channel> *x*", service="<@U1>") for i in range(12)]
    said = headline(week(hostile, 600), language_)
    assert "<" not in said


def test_half_a_history_is_no_comparison():
    said = headline(report(240, history=2), EN)
    assert said.startswith(
        "*No comparison yet:* median MTTA 4 min, within the goal of 5 min and too little history"
    )


def test_incidents_nobody_acknowledged_have_no_median():
    said = headline(report(None, incidents=12, acknowledged=0), EN)
    assert said.startswith(
        "*Too few acknowledged incidents (0) to speak of a trend:* 12 incidents, none acknowledged"
    )

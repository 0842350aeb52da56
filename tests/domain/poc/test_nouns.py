from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_samples import MONDAY, NOW, incident, report, spread
from toban.domain.poc.findings import findings, summary
from toban.domain.poc.nouns import Duty, Effort, Evidence, Gap, ServiceFigures, by_hour, gaps, is_unanswered
from toban.domain.poc.page import DARKEST, page, shade
from toban.domain.poc.trend import trend
from toban.domain.report.change import Direction
from toban.domain.report.nouns import Calls, LeftOut, Week
from toban.domain.spans import Span
from toban.locale import language

EN, JA = language("en"), language("ja")
HOUR = timedelta(hours=1)
AHEAD = Span(NOW, NOW + timedelta(days=28))


def evidence(incidents=(), gaps=(), **more):
    incidents = tuple(incidents)
    made = Evidence(
        first=MONDAY,
        last=MONDAY + timedelta(days=6),
        now=NOW,
        report=report(),
        incidents=incidents,
        acknowledge=spread(390 if incidents else None, len(incidents)),
        resolve=spread(3600 if incidents else None, len(incidents)),
        services=(),
        left_out=LeftOut(),
        calls=Calls(),
        gaps=tuple(gaps),
        ahead=AHEAD,
        effort=Effort(10, 2.0),
    )
    return replace(made, **more)


@pytest.mark.parametrize(
    ("acknowledged_s", "resolved_s", "unanswered"),
    [(1801, 9000, True), (1800, 9000, False), (None, 1200, False), (None, 9000, True), (None, None, True)],
)
def test_unanswered_is_open_and_unacknowledged_for_half_an_hour(acknowledged_s, resolved_s, unanswered):
    one = replace(incident(acknowledged_s=acknowledged_s), seconds_to_resolve=resolved_s)
    assert is_unanswered(one, NOW) is unanswered


def test_an_incident_that_began_just_now_is_not_unanswered_yet():
    fresh = replace(incident(acknowledged_s=None), seconds_to_resolve=None, created_at=NOW - HOUR / 4)
    assert not is_unanswered(fresh, NOW)


def test_a_gap_is_where_level_one_is_empty_and_says_whether_anyone_else_is_there():
    first = Duty("E1", "web", 1, (Span(NOW - HOUR, NOW + HOUR), Span(NOW + 5 * HOUR, AHEAD.end)))
    second = Duty("E1", "web", 2, (Span(NOW, NOW + 2 * HOUR),))
    other = Duty("E2", "mail", 1, (Span(NOW - HOUR, AHEAD.end + HOUR),))
    assert gaps([first, second, other], AHEAD) == (Gap("web", Span(NOW + HOUR, NOW + 5 * HOUR), alone=False),)


def test_a_level_nobody_was_ever_planned_for_is_one_long_gap():
    assert gaps([Duty("E1", "web", 1, ())], AHEAD) == (Gap("web", AHEAD, alone=True),)


def test_the_first_level_counts_even_where_its_number_is_not_one():
    assert gaps([Duty("E1", "web", 2, (AHEAD,)), Duty("E1", "web", 3, ())], AHEAD) == ()


@given(st.lists(st.tuples(st.integers(0, 27 * 24), st.integers(1, 100)), max_size=8))
def test_gaps_and_shifts_together_fill_the_window(pieces):
    spans = tuple(Span(NOW + start * HOUR, NOW + (start + length) * HOUR) for start, length in pieces)
    empty = [gap.span for gap in gaps([Duty("E1", "web", 1, spans)], AHEAD)]
    for hours in range(28 * 24):
        moment = NOW + hours * HOUR
        assert any(span.holds(moment) for span in spans) is not any(span.holds(moment) for span in empty)


def test_incidents_are_counted_by_local_weekday_and_three_hours():
    counts = by_hour([incident(0, hour=2), incident(0, hour=3), incident(6, hour=23)])
    assert (counts[0][0], counts[0][1], counts[6][7]) == (1, 1, 1)
    assert sum(map(sum, counts)) == 3


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_only_none_is_unshaded_and_the_most_is_darkest(n, most):
    n = min(n, most)
    assert (shade(n, most) == 0) is (n == 0)
    assert shade(most, most) == DARKEST


def weeks(*medians, n=20):
    return [Week(MONDAY + timedelta(weeks=i), n, spread(m, n)) for i, m in enumerate(medians)]


@pytest.mark.parametrize(
    ("medians", "expected"),
    [
        ((600, 600, 300, 300, 300, 300), Direction.BETTER),
        ((300, 300, 600, 600, 600, 600), Direction.WORSE),
        ((300, 300, 310, 300, 310, 300), Direction.UNCHANGED),
        ((600, 300, 300, 300, 300), Direction.NO_COMPARISON),
    ],
)
def test_the_trend_is_the_last_four_weeks_against_those_before(medians, expected):
    assert trend(weeks(*medians)).direction is expected


def test_few_incidents_have_no_trend():
    assert trend(weeks(600, 600, 300, 300, 300, 300, n=2)).direction is Direction.NO_COMPARISON


def test_an_account_without_incidents_gets_a_page_that_says_so():
    made = page(evidence(), EN)
    assert made.summary == "PagerDuty shows no incidents in these 7 days."
    assert made.findings == ("Nothing: the figures give no reason to change anything.",)


def test_few_incidents_are_not_judged():
    assert summary(evidence([incident(n) for n in range(4)]), EN).endswith("too few for a judgement.")


def test_findings_carry_their_numbers():
    late = [
        replace(incident(n, acknowledged_s=4000, timeout_escalations=1), seconds_to_resolve=9000)
        for n in range(3)
    ]
    gap = Gap("web", Span(NOW, NOW + 3 * HOUR), alone=True)
    found = findings(evidence(late, [gap]), EN)
    assert found[0].startswith("3 incidents were open for 30 minutes or more")
    assert found[0].endswith("3 went on to the next level because the first had not answered in time.")
    assert found[1:3] == (
        "In the next 4 weeks level 1 is empty 1 time, 3 h in all.",
        "For 3 h of that no other level has anyone either: an alert would reach nobody.",
    )


def test_the_slowest_service_is_named_only_where_enough_was_measured():
    fast, slow, rare = (
        ServiceFigures(name, 20, spread(s, n), spread(60))
        for name, s, n in [("fast", 60, 20), ("slow", 600, 20), ("rare", 9000, 3)]
    )
    found = findings(evidence([incident(n) for n in range(12)], services=(fast, slow, rare)), EN)
    assert "slow waits longest: half of its acknowledgements took more than 10 min (n = 20)." in found


def test_the_japanese_page_says_the_same():
    made = page(evidence([incident(n) for n in range(12)]), JA)
    assert made.summary.startswith("7日間のインシデントは12件。")
    assert [card.value for card in made.cards] == [
        card.value.replace(" min ", "分").replace(" s", "秒").replace(" h", "時間")
        for card in page(evidence([incident(n) for n in range(12)]), EN).cards
    ]

from datetime import date

from toban.domain.insights.periods import Period, compared_with, last_days


def test_the_last_days_include_today():
    period = last_days(7, date(2026, 3, 10))
    assert period == Period(date(2026, 3, 4), date(2026, 3, 10))
    assert period.days == 7


def test_the_period_before_ends_the_day_before():
    period = Period(date(2026, 3, 4), date(2026, 3, 10))
    assert compared_with(period, "before") == Period(date(2026, 2, 25), date(2026, 3, 3))


def test_a_year_ago_has_the_same_weekdays():
    period = Period(date(2026, 3, 4), date(2026, 3, 10))
    found = compared_with(period, "year")
    assert found == Period(date(2025, 3, 5), date(2025, 3, 11))
    assert found.since.weekday() == period.since.weekday()


def test_nothing_is_compared_where_nothing_is_wished():
    assert compared_with(Period(date(2026, 3, 4), date(2026, 3, 10)), "none") is None

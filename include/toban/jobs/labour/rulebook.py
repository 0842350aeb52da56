"""A team's labour settings as the rules that count."""

from datetime import date, timedelta

from toban.domain.labour.kinds import DayKind
from toban.domain.labour.limits import AgreementRule, OvertimeRule, RoundingRule
from toban.domain.labour.rules import CallOutRule, DayRule, PayRule, RestRule, Rulebook, Rules
from toban.domain.local_time import Daily
from toban.settings.forms import EVERY_DAY
from toban.settings.labour import CallOutTime, Days, Hours, LabourRules, Pay, Rest, TeamLabour
from toban.settings.labour_hours import Agreement, Overtime, Rounding


def rulebook(labour: TeamLabour) -> Rulebook:
    """Every version, in the domain's words."""
    return Rulebook(tuple(_rules(since, rules) for since, rules in labour.versions))


def _rules(since: date, rules: LabourRules) -> Rules:
    return Rules(
        since=since,
        name=rules.name,
        call_out=_call_out(rules.call_out),
        days=_days(rules.days),
        night=_daily(rules.night),
        rest=_rest(rules.rest),
        pay=_pay(rules.pay),
        overtime=_overtime(rules.overtime),
        agreement=_agreement(rules.agreement),
        rounding=_rounding(rules.rounding),
    )


def _days(days: Days) -> DayRule:
    legal = None if days.legal_holiday == "none" else EVERY_DAY.index(days.legal_holiday)
    return DayRule(legal, frozenset(EVERY_DAY.index(day) for day in days.off), days.public_holidays)


def _call_out(given: CallOutTime) -> CallOutRule:
    tail, shortest, longest = (
        timedelta(minutes=minutes)
        for minutes in (given.tail_minutes, given.shortest_minutes, given.longest_minutes)
    )
    return CallOutRule(tail, shortest, longest, given.unanswered)


def _daily(hours: Hours | None) -> Daily | None:
    return Daily(hours.start, hours.end) if hours else None


def _rest(rest: Rest) -> RestRule:
    return RestRule(_hours(rest.shortest_hours), _daily(rest.working_hours))


def _pay(pay: Pay) -> PayRule:
    return PayRule(
        standby={
            DayKind.WORKDAY: pay.standby_workday,
            DayKind.LEGAL_HOLIDAY: pay.standby_legal_holiday,
            DayKind.OTHER_HOLIDAY: pay.standby_other_holiday,
        },
        call_out=pay.call_out,
        hourly=pay.hourly,
        premium={
            DayKind.WORKDAY: pay.premium_workday,
            DayKind.LEGAL_HOLIDAY: pay.premium_legal_holiday,
            DayKind.OTHER_HOLIDAY: pay.premium_other_holiday,
        },
        night_premium=pay.night_premium,
    )


def _overtime(given: Overtime | None) -> OvertimeRule | None:
    if given is None:
        return None
    return OvertimeRule(
        timedelta(hours=given.daily_hours),
        timedelta(hours=given.weekly_hours),
        EVERY_DAY.index(given.week_begins),
        timedelta(hours=given.long_after_hours),
        given.premium,
        given.long_premium,
    )


def _agreement(given: Agreement) -> AgreementRule:
    return AgreementRule(
        given.year_begins,
        _hours(given.month_hours),
        _hours(given.year_hours),
        _hours(given.special_month_hours),
        _hours(given.special_mean_hours),
        _hours(given.special_year_hours),
        given.special_months,
    )


def _hours(number: float | None) -> timedelta | None:
    return None if number is None else timedelta(hours=number)


def _rounding(given: Rounding | None) -> RoundingRule | None:
    if given is None:
        return None
    return RoundingRule(timedelta(minutes=given.step_minutes), timedelta(minutes=given.up_from_minutes))

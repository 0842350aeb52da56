"""What the trend chart shows, as rows and words; its look is charts/weekly_trend.json."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from toban.domain.language import Language
from toban.domain.report.labels import apart, keep_apart, ticks
from toban.domain.report.nouns import Report, Week
from toban.domain.report.phrases import week_days

WEEKS_SHOWN = 12
MOST_ABOVE = 5  # times the highest median or the goal; a higher p90 is written at the edge instead
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class TrendChart:
    """``data`` are the datasets by name, ``alt`` says the same in a sentence, ``title`` stands above it."""

    title: str
    alt: str
    data: dict[str, Rows]


def trend_chart(report: Report, say: Language) -> TrendChart:
    """The last twelve weeks: median and p90 of MTTA with the goal, and the number of incidents."""
    weeks = report.weeks[-WEEKS_SHOWN:]
    at = ticks(_highest(weeks, report.goal_s))
    top = float(at[-1])
    ends = _ends(weeks, top, say)
    goal = {
        "line": "goal",
        "at_s": report.goal_s,
        "label": say.text("goal {goal}", goal=say.duration(report.goal_s)),
    }
    places = keep_apart([each["at_s"] for each in (*ends, goal)], top=top)
    data = {
        "weeks": [_row(week, report, top, say) for week in weeks],
        "days": [_day(week, say) for week in weeks[::-2]],
        "ticks": [{"at_s": each, "label": say.duration(each)} for each in at],
        "goal": [{"goal_s": report.goal_s}],
        "ends": ends,
        "beyond": _beyond(weeks, top, say),
        "sides": [{**each, "place_s": place} for each, place in zip((*ends, goal), places, strict=True)],
        "marker": _marker(report, weeks, say),
        "titles": [{"mtta": say.text("MTTA by week"), "incidents": say.text("Incidents by week")}],
    }
    title = say.text("MTTA and incidents, the last {n} weeks", n=len(weeks))
    return TrendChart(title, _alt(report, say), data)


def _highest(weeks: tuple[Week, ...], goal_s: float) -> float:
    """The highest value the axis must show: one bad week's p90 may not flatten all medians."""
    held = [week.acknowledge for week in weeks if week.covered]
    median_s = max([goal_s, *(each.median_s or 0 for each in held)])
    p90_s = max([0.0, *(each.p90_s or 0 for each in held)])
    return max(median_s, min(p90_s, MOST_ABOVE * median_s))


def _row(week: Week, report: Report, top: float, say: Language) -> dict[str, Any]:
    p90_s = week.acknowledge.p90_s if week.covered else None
    return {
        "week": week.start.isoformat(),
        "median_s": week.acknowledge.median_s if week.covered else None,
        "p90_s": p90_s,
        "p90_shown_s": None if p90_s is None else min(p90_s, top),
        "incidents": week.incidents if week.covered else 0,
        "count": say.number(week.incidents) if week.covered else "–",
        "current": week.start == report.week.start,
    }


def _day(week: Week, say: Language) -> dict[str, Any]:
    """What stands under a week; every second one has room, counted back from the newest."""
    label = say.text("{month:02}-{day:02}", month=week.start.month, day=week.start.day)
    return {"week": week.start.isoformat(), "label": label}


def _beyond(weeks: tuple[Week, ...], top: float, say: Language) -> Rows:
    """The p90 of weeks that leave the axis, in minutes, where there is room to write them."""
    values = [week.acknowledge.p90_s if week.covered else None for week in weeks]
    return [
        {
            "week": weeks[i].start.isoformat(),
            "at_s": top,
            "label": f"▲ {say.duration(round((values[i] or 0) / 60) * 60)}",
        }
        for i in apart(values, top)
    ]


def _ends(weeks: tuple[Week, ...], top: float, say: Language) -> Rows:
    """The lines' names with their last values, at their last points."""
    measured = [week for week in weeks if week.covered and week.acknowledge.n]
    if not measured:
        return []
    last = measured[-1]
    median_s, p90_s = last.acknowledge.median_s, last.acknowledge.p90_s
    lines = (
        ("median", median_s, say.text("median {value}", value=say.duration(median_s))),
        ("p90", p90_s, say.text("p90 {value}", value=say.duration(p90_s))),
    )
    return [
        {"week": last.start.isoformat(), "line": line, "at_s": min(at_s or 0, top), "label": label}
        for line, at_s, label in lines
    ]


def _marker(report: Report, weeks: tuple[Week, ...], say: Language) -> Rows:
    since = report.improvements_since
    if since is None or not weeks[0].start <= since <= report.last_day:
        return []
    week = since - timedelta(days=(since - weeks[0].start).days % 7)
    return [{"week": week.isoformat(), "label": say.text("improvements from {day}", day=say.day(since))}]


def _alt(report: Report, say: Language) -> str:
    week = report.week
    return say.text(
        "MTTA and incidents by week. {days}: median {median}, p90 {p90}, goal {goal}, {n} incidents.",
        days=week_days(report, say),
        median=say.duration(week.acknowledge.median_s),
        p90=say.duration(week.acknowledge.p90_s),
        goal=say.duration(report.goal_s),
        n=say.number(week.incidents),
    )

"""The health of on-call by person: for the team's private channel alone."""

from collections.abc import Iterator, Sequence

from toban.domain.health.lines import lines
from toban.domain.health.notes import notes
from toban.domain.health.nouns import Finding, Topic, Verdict
from toban.domain.health.report import HealthReport
from toban.domain.health.team_message import health_verdict
from toban.domain.health.words import amount, by_name, clock_span, days, first_day, load_in_words
from toban.domain.language import Language
from toban.domain.message import Block, Message, context, section
from toban.domain.mrkdwn import bold, cut
from toban.domain.report.phrases import name_of, titled

# A paragraph holds 3,000 characters, so that none of these lines is cut with their title above them.
LINES, LINE_CHARACTERS = 10, 280


def people_message(report: HealthReport, say: Language) -> Message:
    """What is beyond a limit or to be asked first, then everybody's week, period and weeks to come."""
    verdict = say.text(
        "{verdict} · by person, {days}", verdict=health_verdict(report.of_team, say), days=days(report, say)
    )
    blocks = [
        section(titled(verdict, [])),
        *_paragraphs(say.text("Beyond a limit, or to be asked"), _issues(report, say), say),
        *_paragraphs(say.text("Calls in the week"), _week(report, say), say),
        *_paragraphs(_load_title(report, say), _loads(report, say), say),
        *_paragraphs(_expected_title(report, say), _expected(report, say), say),
        *_paragraphs(say.text("The team"), lines(report.of_team, say), say),
        context(notes(report.beyond, say)),
    ]
    return Message(bold(verdict), tuple(blocks))


def _paragraphs(title: str, lines: Sequence[str], say: Language) -> Iterator[Block]:
    kept = [cut(text, LINE_CHARACTERS) for text in lines] or [say.text("none")]
    for first in range(0, len(kept), LINES):
        part = kept[first : first + LINES]
        yield section(titled(title, part) if first == 0 else "\n".join(part))


def _issues(report: HealthReport, say: Language) -> list[str]:
    """One line a person."""
    own: dict[str, list[str]] = {}
    for one in report.of_people:
        if one.person_id and (one.is_beyond or one.verdict is Verdict.QUESTION):
            own.setdefault(one.person_id, []).append(_issue(one, report, say))
    return [f"• {name}: {' · '.join(own[each])}" for name, each in by_name(own, report)]


def _issue(one: Finding, report: HealthReport, say: Language) -> str:
    if one.topic is Topic.NOTIFICATION_RULES:
        return say.text("no notification rules: PagerDuty cannot ring")
    if one.topic is Topic.TIME_ZONE:
        return _zone(one, say)
    values = {"value": amount(_number(one.value), say), "limit": amount(_number(one.threshold), say)}
    if one.topic is Topic.NIGHTS:
        return say.text("{value} interrupted nights (limit {limit})", **values)
    if one.topic is Topic.INTERRUPTED_HOURS:
        return say.text("{value} hours with a call (limit {limit})", **values)
    if one.topic is Topic.INCIDENTS_PER_SHIFT:
        span = clock_span(one, report, say)
        return say.text("{value} incidents in the shift {span} (limit {limit})", span=span, **values)
    day = first_day(one, report, say)
    return say.text("{value} calls expected in the week from {day} (limit {limit})", day=day, **values)


def _zone(one: Finding, say: Language) -> str:
    zone, team = name_of(str(one.value or "–")), name_of(str(one.threshold))
    if one.is_beyond:
        return say.text("time zone {zone} is none: nights are told by another", zone=zone)
    return say.text("time zone {zone}, the team's is {team}: is that right?", zone=zone, team=team)


def _week(report: HealthReport, say: Language) -> list[str]:
    loads = report.loads
    rows = [f"• {name}: {load_in_words(loads[each], say)}" for name, each in by_name(loads, report)]
    if not report.week.covered:
        so_far = say.text("The stored history does not hold the whole week: this is what is known.")
        rows.insert(0, f"• {so_far}")
    if report.off_duty:
        rows.append("• " + say.text("of them outside of shifts: {n}", n=say.number(report.off_duty)))
    return rows


def _load_title(report: HealthReport, say: Language) -> str:
    return say.text(
        "Load in the last {n} weeks, night calls weighing more, of people with enough shifts",
        n=report.known_weeks,
    )


def _loads(report: HealthReport, say: Language) -> list[str]:
    shares = {share.person_id: share for share in report.shares}
    return [
        say.text(
            "• {name}: {load}, in {n} shifts, {each} a shift",
            name=name,
            load=amount(shares[each].load, say),
            n=shares[each].shifts,
            each=amount(shares[each].per_shift, say),
        )
        for name, each in by_name(shares, report)
    ]


def _expected_title(report: HealthReport, say: Language) -> str:
    first = ", ".join(say.day(each.start) for each in report.coming)
    return say.text("Calls expected by person, in the weeks from {days}", days=first or "–")


def _expected(report: HealthReport, say: Language) -> list[str]:
    """One line a person, a figure a week; a dash where nothing is planned or too little known."""
    totals = {(one.person_id, each.start): one.total for each in report.coming for one in each.projections}
    return [
        f"• {name}: " + " · ".join(_total(totals.get((person_id, each.start)), say) for each in report.coming)
        for name, person_id in by_name({person_id for person_id, _ in totals}, report)
    ]


def _total(value: float | None, say: Language) -> str:
    return "–" if value is None else amount(round(value, 1), say)


def _number(value: float | str | None) -> float:
    return float(value or 0)

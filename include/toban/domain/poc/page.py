"""The proof-of-concept page as words: what its template lays out, nothing of HTML."""

from dataclasses import dataclass

from toban.domain.language import Language
from toban.domain.poc.cards import Card, cards
from toban.domain.poc.findings import findings, summary
from toban.domain.poc.nouns import BLOCK_HOURS, Evidence, by_hour
from toban.domain.poc.tables import Table, tables
from toban.domain.report.chart import TrendChart, trend_chart

HOURS = tuple(f"{hour}–{hour + BLOCK_HOURS}" for hour in range(0, 24, BLOCK_HOURS))
DARKEST = 5  # shades of the hour map beside empty


@dataclass(frozen=True)
class HourMap:
    """When incidents begin: a row a weekday, with cells of (count, shade from 0 to 5)."""

    title: str
    hours: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]


@dataclass(frozen=True)
class Page:
    """Everything the page says, in one language; all of it is plain text."""

    language: str
    title: str
    period: str
    summary: str
    cards: tuple[Card, ...]
    findings_title: str
    findings: tuple[str, ...]
    chart: TrendChart
    hours: HourMap
    tables: tuple[Table, ...]
    about_title: str
    about: tuple[str, ...]


def page(evidence: Evidence, say: Language) -> Page:
    """The page on that evidence."""
    return Page(
        language=say.code,
        title=say.text("On-call in figures"),
        period=say.text(
            "{first} – {last}, {days} days ({zone})",
            first=evidence.first.isoformat(),
            last=evidence.last.isoformat(),
            days=evidence.days,
            zone=evidence.report.time_zone,
        ),
        summary=summary(evidence, say),
        cards=cards(evidence, say),
        findings_title=say.text("What stands out"),
        findings=findings(evidence, say),
        chart=trend_chart(evidence.report, say),
        hours=_hours(evidence, say),
        tables=tables(evidence, say),
        about_title=say.text("What the figures mean"),
        about=_about(evidence, say),
    )


def _hours(evidence: Evidence, say: Language) -> HourMap:
    counts = by_hour(evidence.incidents)
    most = max(max(row) for row in counts)
    names = (
        say.text("Mon"),
        say.text("Tue"),
        say.text("Wed"),
        say.text("Thu"),
        say.text("Fri"),
        say.text("Sat"),
        say.text("Sun"),
    )
    rows = tuple(
        (name, tuple((n, shade(n, most)) for n in row)) for name, row in zip(names, counts, strict=True)
    )
    return HourMap(say.text("When incidents begin"), HOURS, rows)


def shade(n: int, most: int) -> int:
    """0 for none, else 1 to 5 in proportion to the most there is."""
    return -(-n * DARKEST // most) if n else 0


def _about(evidence: Evidence, say: Language) -> tuple[str, ...]:
    left = evidence.left_out
    unmeasured = (
        left.open_unacknowledged
        + left.resolved_itself_unacknowledged
        + left.resolved_by_person_unacknowledged
    )
    return (
        say.text("MTTA: from an incident's start to its first explicit acknowledgement, if it had one."),
        say.text("MTTR: from its start to its resolution, if it is resolved. p90: nine in ten were faster."),
        say.text(
            "Not in MTTA: {n} incidents nobody acknowledged. Not in MTTR: {open} not resolved yet.",
            n=say.number(unmeasured),
            open=say.number(left.unresolved),
        ),
        say.text("Night calls: pushes, calls and SMS from 22:00 to 8:00 by the called person's own clock."),
        say.text("Alerts are counted together when only numbers, hosts or ids in their titles differ."),
        say.text(
            "Read from PagerDuty on {moment} with {calls} requests in {seconds}; nothing was written there.",
            moment=say.moment(evidence.now),
            calls=say.number(evidence.effort.api_calls),
            seconds=say.duration(evidence.effort.seconds),
        ),
    )

"""The tables of the proof-of-concept page."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from toban.domain.language import Language
from toban.domain.poc.nouns import Evidence, Gap
from toban.domain.report.alerts import AlertGroup, group
from toban.domain.report.nouns import Incident
from toban.domain.report.phrases import one_line

MOST_ROWS = 10


@dataclass(frozen=True)
class Table:
    """Rows of plain text; the first ``names`` columns are words, the others figures."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str
    more: str = ""
    names: int = 1


def tables(evidence: Evidence, say: Language) -> tuple[Table, ...]:
    """Services, noisy alerts, what nobody answered, gaps ahead."""
    return (
        _services(evidence, say),
        _alerts(evidence, say),
        _unanswered(evidence, say),
        _gaps(evidence, say),
    )


def _services(evidence: Evidence, say: Language) -> Table:
    nights = _sum_by_service(evidence.incidents)
    rows = tuple(
        (
            one_line(each.name),
            say.number(each.incidents),
            say.duration(each.acknowledge.median_s),
            say.duration(each.acknowledge.p90_s),
            say.duration(each.resolve.median_s),
            say.number(nights[each.name]),
        )
        for each in evidence.services
    )
    columns = (
        say.text("Service"),
        say.text("Incidents"),
        say.text("MTTA, median"),
        say.text("MTTA, p90"),
        say.text("MTTR, median"),
        say.text("Night calls"),
    )
    return Table(say.text("Services"), columns, rows, say.text("none"))


def _sum_by_service(incidents: Iterable[Incident]) -> Counter[str]:
    nights: Counter[str] = Counter()
    for each in incidents:
        nights[each.service] += each.sleep_interruptions
    return nights


def _alerts(evidence: Evidence, say: Language) -> Table:
    groups = group(evidence.incidents)
    columns = (
        say.text("Alert"),
        say.text("Service"),
        say.text("Incidents"),
        say.text("Resolved by themselves"),
        say.text("Night calls"),
    )
    rows = tuple(
        (
            one_line(each.label),
            one_line(each.service),
            say.number(len(each.incidents)),
            say.number(each.resolved_themselves),
            say.number(each.night_calls),
        )
        for each in groups[:MOST_ROWS]
    )
    return Table(say.text("Noisiest alerts"), columns, rows, say.text("none"), _more(groups, say), names=2)


def _unanswered(evidence: Evidence, say: Language) -> Table:
    groups = group(evidence.unanswered)
    columns = (
        say.text("Alert"),
        say.text("Service"),
        say.text("Times"),
        say.text("Still open"),
        say.text("Last time"),
    )
    rows = tuple(_unanswered_row(each, say) for each in groups[:MOST_ROWS])
    title = say.text("Alerts nobody answered for 30 minutes")
    return Table(title, columns, rows, say.text("none"), _more(groups, say), names=2)


def _unanswered_row(alert: AlertGroup, say: Language) -> tuple[str, ...]:
    still_open = sum(each.seconds_to_resolve is None for each in alert.incidents)
    return (
        one_line(alert.label),
        one_line(alert.service),
        say.number(len(alert.incidents)),
        say.number(still_open),
        say.moment(alert.incidents[-1].created_at),
    )


def _gaps(evidence: Evidence, say: Language) -> Table:
    columns = (
        say.text("Escalation policy"),
        say.text("From"),
        say.text("To"),
        say.text("Other levels"),
    )
    rows = tuple(_gap_row(gap, say) for gap in evidence.gaps[:MOST_ROWS])
    title = say.text("Gaps on level 1, until {day}", day=say.day(evidence.ahead.end))
    return Table(title, columns, rows, say.text("none"), _more(evidence.gaps, say), names=4)


def _gap_row(gap: Gap, say: Language) -> tuple[str, ...]:
    others = say.text("empty too") if gap.alone else say.text("somebody")
    return one_line(gap.policy), say.moment(gap.span.start), say.moment(gap.span.end), others


def _more(things: tuple[Gap, ...] | list[AlertGroup], say: Language) -> str:
    left = len(things) - MOST_ROWS
    return say.count("and {n} more", "and {n} more", left) if left > 0 else ""

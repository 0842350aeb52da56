"""The weekly report's main message: read in half a minute on a phone."""

from datetime import datetime, timedelta

from toban.domain.language import Language
from toban.domain.message import Block, Message, context, fields, section
from toban.domain.report.alerts import noisy
from toban.domain.report.change import Figure, figure, median_change, usual_incidents, usual_median_s
from toban.domain.report.headline import headline
from toban.domain.report.nouns import Freshness, Report
from toban.domain.report.phrases import incidents_of, name_of, signed, signed_share, titled, week_days

# The sync runs every few minutes; two hours without it mean that something is broken.
STALE_AFTER = timedelta(hours=2)
TOP = 3


def report_message(report: Report, say: Language, now: datetime) -> Message:
    """The message for the report's channel; ``now`` (aware) is what staleness is measured against."""
    sentence = headline(report, say, name=name_of)
    blocks: list[Block] = []
    if warning := stale(report.freshness, say, now):
        blocks.append(section(f":warning: {warning}"))
    blocks += [
        section(sentence),
        context([f"{name_of(report.team)} · {week_days(report, say)} ({name_of(report.time_zone)})"]),
    ]
    if report.week.incidents:
        blocks.append(fields(_figures(report, say)))
        blocks += [section(text) for text in _tops(report, say)]
    blocks.append(context([_footnote(report, say)]))
    return Message(sentence, tuple(blocks))


def stale(freshness: Freshness, say: Language, now: datetime) -> str | None:
    """The sentence that the data is old; None when it is not."""
    if freshness.synced_until is None:
        return say.text("It is not known how current the data is: no sync has finished.")
    age = now - freshness.synced_until
    if age <= STALE_AFTER:
        return None
    return say.text(
        "The data is {age} old (synced until {moment}): newer incidents are missing.",
        age=say.duration(age.total_seconds()),
        moment=say.moment(freshness.synced_until),
    )


def _figures(report: Report, say: Language) -> list[str]:
    return [
        titled(say.text("Incidents"), [_incidents(report, say)]),
        titled(say.text("Night calls"), [_night_calls(report, say)]),
        titled(say.text("MTTA (median)"), [_figure(report, "acknowledge", say)]),
        titled(say.text("MTTR (median)"), [_figure(report, "resolve", say)]),
    ]


def _incidents(report: Report, say: Language) -> str:
    count = report.week.incidents
    parts = [report.pages.incidents(say.number(count))]
    if report.before:
        parts.append(
            say.text("{change} on the week before", change=signed(count - report.before.incidents, say))
        )
    usual = usual_incidents(report.comparison)
    if usual is not None:
        parts.append(say.text("usually {usual}", usual=say.number(usual, 0 if usual >= 10 else 1)))
    return " · ".join(parts)


def _night_calls(report: Report, say: Language) -> str:
    calls = report.calls
    text = report.pages.overview(say.number(calls.sleep))
    if calls.nights:
        text = say.count("{calls} in {n} night", "{calls} in {n} nights", calls.nights, calls=text)
    if calls.sleep_week_before is None:
        return text
    moved = signed(calls.sleep - calls.sleep_week_before, say)
    return f"{text} · {say.text('{change} on the week before', change=moved)}"


def _figure(report: Report, of: Figure, say: Language) -> str:
    figures = figure(report.week, of)
    if figures.n == 0:
        return say.text("nothing to measure")
    parts = [report.pages.overview(say.duration(figures.median_s))]
    moved = median_change(report, of, since=report.before) if report.before else None
    if moved is not None:
        parts.append(say.text("{change} on the week before", change=signed_share(moved, say)))
    usual = usual_median_s(figure(week, of) for week in report.comparison)
    if usual is not None:
        parts.append(say.text("usually {usual}", usual=say.duration(usual)))
    return " · ".join(parts)


def _tops(report: Report, say: Language) -> list[str]:
    services = [f"{name_of(each.name)} {incidents_of(each, report, say)}" for each in report.services[:TOP]]
    alerts = [
        f"• {name_of(each.label)} × {say.number(len(each.incidents))}"
        for each in noisy(report.incidents)[:TOP]
    ]
    tops = [titled(say.text("Most incidents by service"), [" · ".join(services)])] if services else []
    return [*tops, titled(say.text("Noisiest alerts"), alerts)] if alerts else tops


def _footnote(report: Report, say: Language) -> str:
    acknowledged = report.pages.incidents(say.number(report.week.acknowledge.n), only="acknowledged")
    parts = [say.text("Rests on n = {n} acknowledged", n=acknowledged)]
    missing = report.left_out.incomplete
    if missing:
        parts.append(
            say.count(
                "{n} incident left out: its history is incomplete",
                "{n} incidents left out: their history is incomplete",
                missing,
            )
        )
    if report.freshness.synced_until:
        parts.append(say.text("data until {moment}", moment=say.moment(report.freshness.synced_until)))
    parts.append(say.text("details in the thread"))
    return " · ".join(parts)

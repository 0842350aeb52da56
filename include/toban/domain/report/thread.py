"""The details of the weekly report, as a fixed number of messages in its thread."""

from collections.abc import Iterable
from datetime import timedelta

from toban.domain.effect.sentence import effect_sentence
from toban.domain.language import Language
from toban.domain.message import Message, section
from toban.domain.mrkdwn import cut, escape
from toban.domain.report.alerts import AlertGroup, noisy
from toban.domain.report.change import Figure, median_change
from toban.domain.report.nouns import Incident, Report, ServiceWeek
from toban.domain.report.phrases import (
    NOTE_CHARACTERS,
    incidents_of,
    name_of,
    one_line,
    signed_share,
    spread,
    title_of,
    titled,
)
from toban.domain.report.runbooks import runbook_texts

MOST_ROWS = 8
LONGEST = 5
NOTES = 2  # the last ones say how it ended


def thread_messages(report: Report, say: Language) -> tuple[Message, ...]:
    """Always three messages, so that a correction finds each of them again."""
    return (
        _message(_figures(report, say), *_effect(report, say), _left_out(report, say), _definitions(say)),
        _message(
            _services(report, say),
            _alerts(report, say),
            _nights(report, say),
            *runbook_texts(report.gaps, say),
        ),
        _message(*_longest(report, say), _data(report, say)),
    )


def _message(*texts: str) -> Message:
    return Message(texts[0], tuple(section(text) for text in texts))


def _figures(report: Report, say: Language) -> str:
    week, pages = report.week, report.pages
    acknowledged = pages.incidents(say.number(week.acknowledge.n), only="acknowledged")
    resolved = pages.incidents(say.number(week.resolve.n), only="resolved")
    lines = [
        say.text("MTTA: {spread}", spread=spread(week.acknowledge, say, acknowledged)),
        _against(report, "acknowledge", say),
        say.text("MTTR: {spread}", spread=spread(week.resolve, say, resolved)),
        _against(report, "resolve", say),
    ]
    return titled(say.text("The figures"), [line for line in lines if line])


def _against(report: Report, of: Figure, say: Language) -> str:
    before, usual = median_change(report, of, since=report.before), median_change(report, of)
    if before is None and usual is None:
        return ""
    return say.text(
        "median against the week before {before}, against the mean of the last {n} weeks {usual}",
        before=signed_share(before, say),
        usual=signed_share(usual, say),
        n=len(report.comparison),
    )


def _effect(report: Report, say: Language) -> list[str]:
    if report.effect is None:
        return []
    return [titled(say.text("Did it help?"), [effect_sentence(report.effect, say)])]


def _left_out(report: Report, say: Language) -> str:
    left = report.left_out
    both = say.text("{n} began before the stored history is complete (both figures)", n=left.incomplete)
    itself = say.text(
        "{n} resolved by themselves before anyone acknowledged (MTTA)", n=left.resolved_itself_unacknowledged
    )
    person = say.text(
        "{n} resolved by a person without acknowledging (MTTA)", n=left.resolved_by_person_unacknowledged
    )
    waiting = say.text("{n} still open, not acknowledged (MTTA)", n=left.open_unacknowledged)
    unresolved = say.text(
        "{n} not resolved yet (MTTR)", n=report.pages.incidents(say.number(left.unresolved), only="open")
    )
    reasons = {
        both: left.incomplete,
        itself: left.resolved_itself_unacknowledged,
        person: left.resolved_by_person_unacknowledged,
        waiting: left.open_unacknowledged,
        unresolved: left.unresolved,
    }
    lines = [f"• {reason}" for reason, n in reasons.items() if n]
    return titled(say.text("Left out"), lines or [say.text("nothing")])


def _definitions(say: Language) -> str:
    return say.text(
        "MTTA: from the incident's start to the first explicit acknowledgement; only acknowledged incidents. "
        "MTTR: from its start to its resolution; only resolved incidents. "
        "An incident counts in the week it began in."
    )


def _services(report: Report, say: Language) -> str:
    rows = [_service(each, report, say) for each in report.services[:MOST_ROWS]]
    return titled(say.text("Incidents by service"), rows or [say.text("none")])


def _service(service: ServiceWeek, report: Report, say: Language) -> str:
    usual = say.number(service.usual_incidents, 1)
    values = {"name": name_of(service.name), "n": incidents_of(service, report, say), "usual": usual}
    if not service.slow:
        return say.text("• {name}: {n} (usually {usual})", **values)
    late = say.number(service.slow)
    return say.text("• {name}: {n} (usually {usual}), {late} acknowledged over the goal", late=late, **values)


def _alerts(report: Report, say: Language) -> str:
    rows = [_alert(each, say) for each in noisy(report.incidents)[:MOST_ROWS]]
    return titled(say.text("Noisiest alerts"), rows or [say.text("none came twice")])


def _alert(alert: AlertGroup, say: Language) -> str:
    values = {"name": name_of(alert.label), "service": name_of(alert.service)}
    parts = [say.text("• {name} ({service}): {n}", n=say.number(len(alert.incidents)), **values)]
    if alert.resolved_themselves:
        parts.append(say.text("resolved by itself {n}", n=say.number(alert.resolved_themselves)))
    if alert.night_calls:
        parts.append(say.text("night calls {n}", n=say.number(alert.night_calls)))
    return " · ".join(parts)


def _nights(report: Report, say: Language) -> str:
    calls, overview = report.calls, report.pages.overview
    line = say.text(
        "{sleep} at night, {off} in the evening or at the weekend, {business} in business hours "
        "(pushes, calls and SMS, by the called person's own clock)",
        sleep=overview(say.number(calls.sleep)),
        off=overview(say.number(calls.off_hours)),
        business=overview(say.number(calls.business)),
    )
    return titled(say.text("Calls"), [line])


def by_length(incidents: Iterable[Incident]) -> list[Incident]:
    """The resolved incidents, the longest first."""
    resolved = [each for each in incidents if each.seconds_to_resolve is not None]
    return sorted(resolved, key=lambda each: (-(each.seconds_to_resolve or 0), each.id))


def _longest(report: Report, say: Language) -> list[str]:
    """One text an incident: each has room of its own for its notes."""
    title = say.text("Longest incidents")
    stories = [_story(each, say) for each in by_length(report.incidents)[:LONGEST]]
    return [titled(title, [stories[0]]), *stories[1:]] if stories else [titled(title, [say.text("none")])]


def _story(incident: Incident, say: Language) -> str:
    took = say.duration(incident.seconds_to_resolve)
    notes = [
        f"> {escape(cut(one_line(note.text), NOTE_CHARACTERS))} – {name_of(note.author)}"
        for note in incident.notes[-NOTES:]
    ]
    return "\n".join([f"• {title_of(incident)} · {name_of(incident.service)} · {took}", *notes])


def _data(report: Report, say: Language) -> str:
    data = report.freshness
    lines = []
    if data.synced_until:
        lines.append(say.text("Synced until {moment}", moment=say.moment(data.synced_until)))
    if data.stored is not None and data.remote is not None:
        lines.append(
            say.text(
                "Last comparison with PagerDuty: {stored} of {remote} incidents stored",
                stored=say.number(data.stored),
                remote=say.number(data.remote),
            )
        )
    if data.covered_since and data.covered_since.date() > report.week.start - timedelta(
        weeks=report.trend_weeks
    ):
        lines.append(say.text("History is complete since {moment}", moment=say.moment(data.covered_since)))
    if data.api_calls is not None:
        lines.append(say.text("PagerDuty API calls in that week: {n}", n=say.number(data.api_calls)))
    return titled(say.text("Data"), lines or [say.text("nothing known")])

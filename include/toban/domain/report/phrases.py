"""Phrases that the report's messages share: changes, spreads, dates, excerpts."""

from toban.domain.language import Language
from toban.domain.mrkdwn import bold, cut, escape, link
from toban.domain.report.nouns import Incident, Report, ServiceWeek, Spread

TITLE_CHARACTERS = 80  # about two lines on a phone
NOTE_CHARACTERS = 200


def week_days(report: Report, say: Language) -> str:
    """The first and last day of the week reported."""
    return say.text("{first} – {last}", first=say.day(report.week.start), last=say.day(report.last_day))


def signed(value: float, say: Language) -> str:
    """``+5``, ``−3`` or ``±0``."""
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    return f"{sign}{say.number(abs(value))}"


def signed_share(share: float | None, say: Language) -> str:
    """``+12%``, ``−8%``; a dash where there is no base to compare with."""
    if share is None:
        return "–"
    percent = say.percent(abs(share))
    if percent == say.percent(0):
        return f"±{percent}"
    return f"{'+' if share > 0 else '−'}{percent}"


def spread(figures: Spread, say: Language, n: str) -> str:
    """Median, mean and p90 with ``n``, the number they rest on; or that there was nothing to measure."""
    if figures.n == 0:
        return say.text("nothing to measure")
    return say.text(
        "median {median} · mean {mean} · p90 {p90} (n = {n})",
        median=say.duration(figures.median_s),
        mean=say.duration(figures.mean_s),
        p90=say.duration(figures.p90_s),
        n=n,
    )


def incidents_of(service: ServiceWeek, report: Report, say: Language) -> str:
    """How many incidents a service had, leading to them."""
    count = say.number(service.incidents)
    return report.pages.incidents(count, services=service.ids) if service.ids else count


def title_of(incident: Incident) -> str:
    """The incident's number and title, linked where it has a page; harmless mrkdwn."""
    number = f"#{incident.number} " if incident.number is not None else ""
    label = cut(f"{number}{one_line(incident.title)}", TITLE_CHARACTERS)
    return link(incident.url, label) if incident.url else escape(label)


def name_of(text: str) -> str:
    """A name or title from outside, short, on one line and harmless."""
    return escape(cut(one_line(text), TITLE_CHARACTERS))


def one_line(text: str) -> str:
    """The text without line breaks or runs of spaces, with which a title could fake another line."""
    return " ".join(text.split())


def titled(title: str, lines: list[str]) -> str:
    """A bold title above its lines."""
    return "\n".join([bold(title), *lines])

"""Alerts that are the same but for a number or a host, counted together."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from toban.domain.report.nouns import Incident

# In this order: what is longer or more certain goes first, so that a date is not taken for three numbers.
_MASKS = (
    (re.compile(r"https?://\S+"), "<url>"),
    (re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", re.I), "<id>"),
    (
        re.compile(r"\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?"),
        "<time>",
    ),
    (re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b"), "<ip>"),
    (re.compile(r"\b(?=[a-z0-9-]*\d)[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+\b", re.I), "<host>"),
    (re.compile(r"\b(?:[a-z]+-)+\d[a-z0-9-]*\b|\b[a-z]+\d+(?:-[a-z0-9]+)+\b", re.I), "<host>"),
    (re.compile(r"\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\b", re.I), "<id>"),
    (re.compile(r"(?<![A-Za-z\d])\d+(?:[.,]\d+)*(?!xx)"), "<n>"),
)
_SPACES = re.compile(r"\s+")
_LONGEST = 300  # what the titles of one alert share stands at their beginning; bounds the work, too
_GAP = re.compile(r"<(?:url|id|time|ip|host|n)>")


def mask(title: str) -> str:
    """The title without what varies between firings: ``disk of db-14 91%`` is ``disk of <host> <n>%``."""
    title = title[:_LONGEST]
    for pattern, name in _MASKS:
        title = pattern.sub(name, title)
    return _SPACES.sub(" ", title).strip()


@dataclass(frozen=True)
class AlertGroup:
    """Incidents of one service whose masked titles agree; ``title`` is that of the newest."""

    pattern: str
    service: str
    title: str
    incidents: tuple[Incident, ...]

    @property
    def resolved_themselves(self) -> int:
        """Those that ended without any person: nobody acknowledged, nobody resolved."""
        return sum(each.resolved_itself and each.seconds_to_acknowledge is None for each in self.incidents)

    @property
    def night_calls(self) -> int:
        """Calls in the called persons' sleeping hours."""
        return sum(each.sleep_interruptions for each in self.incidents)

    @property
    def label(self) -> str:
        """The one title where all agree, else the pattern, its gaps shown as ``…``."""
        titles = {each.title for each in self.incidents}
        return self.title if len(titles) == 1 else _GAP.sub("…", self.pattern)


def noisy(incidents: Iterable[Incident]) -> list[AlertGroup]:
    """The alerts that came more than once, the most frequent first."""
    return [each for each in group(incidents) if len(each.incidents) > 1]


def group(incidents: Iterable[Incident]) -> list[AlertGroup]:
    """The incidents by service and masked title, the most frequent first."""
    together: defaultdict[tuple[str, str], list[Incident]] = defaultdict(list)
    for each in sorted(incidents, key=lambda one: one.created_at):
        together[each.service, mask(each.title)].append(each)
    groups = [
        AlertGroup(pattern, service, found[-1].title, tuple(found))
        for (service, pattern), found in together.items()
    ]
    return sorted(groups, key=lambda one: (-len(one.incidents), one.service, one.pattern))

"""Alerts that are the same but for a number or a host, counted together."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from toban.domain.report.nouns import Incident
from toban.domain.triage.masks import PLACEHOLDER
from toban.domain.triage.template import template


@dataclass(frozen=True)
class AlertGroup:
    """Incidents of one service whose templates agree; ``title`` is that of the newest."""

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
        return self.title if len(titles) == 1 else PLACEHOLDER.sub("…", self.pattern)


def noisy(incidents: Iterable[Incident]) -> list[AlertGroup]:
    """The alerts that came more than once, the most frequent first."""
    return [each for each in group(incidents) if len(each.incidents) > 1]


def group(incidents: Iterable[Incident]) -> list[AlertGroup]:
    """The incidents by service and template, the most frequent first."""
    together: defaultdict[tuple[str, str], list[Incident]] = defaultdict(list)
    for each in sorted(incidents, key=lambda one: one.created_at):
        together[each.service, template(each.title)].append(each)
    groups = [
        AlertGroup(pattern, service, found[-1].title, tuple(found))
        for (service, pattern), found in together.items()
    ]
    return sorted(groups, key=lambda one: (-len(one.incidents), one.service, one.pattern))

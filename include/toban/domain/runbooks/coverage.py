"""Where runbooks are missing, and which ones deserve a look, with what each cost: incidents and nights."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from toban.domain.runbooks.matching import Matcher
from toban.domain.runbooks.nouns import AlertText, Runbook, RunbookMatch
from toban.domain.runbooks.search.memory import Confirmed


class GapKind(StrEnum):
    """What is amiss, the worst first."""

    MISSING = "missing"  # an alert whose incidents met no runbook's rules
    WRONG = "wrong"  # people said so as often as that it helped, or more often
    STALE = "stale"  # reviewed too long ago
    UNUSED = "unused"  # met by no incident


@dataclass(frozen=True)
class Fired:
    """A template's incidents of one service and tool; ``night_calls`` rang somebody in hours of sleep."""

    template: str
    alert: AlertText
    incidents: int
    night_calls: int


@dataclass(frozen=True)
class Gap:
    """``name`` is a template where the runbook is missing, else a runbook's id.

    ``incidents`` and ``night_calls`` are those of the template, or those the runbook came first for;
    ``helped`` and ``wrong`` count what people said of the runbook.
    """

    kind: GapKind
    name: str
    services: tuple[str, ...]
    incidents: int
    night_calls: int
    helped: int = 0
    wrong: int = 0
    reviewed: date | None = None


def gaps(
    runbooks: Sequence[Runbook],
    fired: Sequence[Fired],
    said: Iterable[Confirmed],
    today: date,
    stale_after_days: int,
    matcher: Callable[[AlertText], Sequence[RunbookMatch]] | None = None,
) -> list[Gap]:
    """By kind; within one by calls at night, then by incidents. A runbook may be amiss in several ways.

    ``matcher`` is one of these runbooks, where somebody has it at hand.
    """
    matches = matcher or Matcher(runbooks)
    given = [(each, matches(each.alert)) for each in fired]
    missing = _by_name((each.template, each) for each, matches in given if not matches)
    used = _by_name((matches[0].runbook.id, each) for each, matches in given if matches)
    met = {one.runbook.id for _, matches in given for one in matches}
    votes = Counter((each.runbook, each.helped) for each in said)
    found = [_gap(GapKind.MISSING, name, each) for name, each in missing.items()]
    for runbook in runbooks:
        helped, wrong = votes[runbook.id, True], votes[runbook.id, False]
        reviewed = min(version.reviewed for version in runbook.versions)
        amiss = {
            GapKind.WRONG: wrong > 0 and wrong >= helped,
            GapKind.STALE: (today - reviewed).days > stale_after_days,
            GapKind.UNUSED: bool(fired) and runbook.id not in met,
        }
        own = used.get(runbook.id, [])
        found += [
            _gap(kind, runbook.id, own, helped, wrong, reviewed) for kind, is_so in amiss.items() if is_so
        ]
    found += _wrong_pages(votes, {runbook.id for runbook in runbooks})
    order = list(GapKind)
    return sorted(found, key=lambda gap: (order.index(gap.kind), -gap.night_calls, -gap.incidents, gap.name))


def _wrong_pages(votes: Mapping[tuple[str, bool], int], ruled: Collection[str]) -> list[Gap]:
    """Runbooks that text search alone finds can be judged wrong too."""
    return [
        Gap(GapKind.WRONG, name, (), 0, 0, votes.get((name, True), 0), wrong)
        for (name, helped), wrong in votes.items()
        if not helped and name not in ruled and wrong >= votes.get((name, True), 0)
    ]


def _by_name(named: Iterable[tuple[str, Fired]]) -> dict[str, list[Fired]]:
    found: defaultdict[str, list[Fired]] = defaultdict(list)
    for name, each in named:
        found[name].append(each)
    return dict(found)


def _gap(
    kind: GapKind,
    name: str,
    fired: Sequence[Fired],
    helped: int = 0,
    wrong: int = 0,
    reviewed: date | None = None,
) -> Gap:
    services = Counter[str]()
    for each in fired:
        if each.alert.service_name:
            services[each.alert.service_name] += each.incidents
    return Gap(
        kind,
        name,
        tuple(service for service, _ in services.most_common()),
        sum(each.incidents for each in fired),
        sum(each.night_calls for each in fired),
        helped,
        wrong,
        reviewed,
    )

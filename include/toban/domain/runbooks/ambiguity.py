"""Where two runbooks are equally good for an alert, so that chance would choose: somebody should."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, groupby

from toban.domain.runbooks.matching import match
from toban.domain.runbooks.nouns import AlertText, Level, PastAlert, Problem, Rules, Runbook, RunbookMatch

Pair = tuple[str, str]
Matched = tuple[PastAlert, list[RunbookMatch]]
SHOWN = 80  # characters of an alert's title
ANY_OTHER = "(any other)"  # a service, tool and severity that no rule names


def ambiguous(runbooks: Sequence[Runbook], past: Iterable[Matched]) -> list[Problem]:
    """Errors where two runbooks' own rules clash, warnings where past alerts show it; each pair once."""
    found: dict[Pair, Problem] = {}
    for pairs in (_same_rules(runbooks), _same_samples(runbooks), _tied_in_the_past(past)):
        for pair, problem in pairs:
            found.setdefault(pair, problem)
    return list(found.values())


def _same_rules(runbooks: Sequence[Runbook]) -> Iterator[tuple[Pair, Problem]]:
    """Two runbooks that ask for the same words, or the same pattern, of the same alerts."""
    asked = sorted(
        ((rule, runbook) for runbook in runbooks for rule in _asked(runbook.rules)),
        key=lambda each: (each[0], each[1].id),
    )
    for rule, together in groupby(asked, key=lambda each: each[0]):
        for one, other in combinations((runbook for _, runbook in together), 2):
            if _meet(one.rules, other.rules):
                text = f"asks for {rule[1]!r} as {other.id} does; give one a service or other words."
                yield (one.id, other.id), _ambiguous(one, "error", text)


def _asked(rules: Rules) -> list[tuple[str, str]]:
    return [("keyword", each.folded) for each in rules.keywords] + [
        ("pattern", each.written) for each in rules.patterns
    ]


def _meet(one: Rules, other: Rules) -> bool:
    """Whether an alert can meet the restrictions of both, neither being the narrower of the two."""
    return all(
        (not mine and not theirs) or bool(mine & theirs)
        for mine, theirs in (
            (one.services, other.services),
            (one.tools, other.tools),
            (one.severities, other.severities),
        )
    )


def _same_samples(runbooks: Sequence[Runbook]) -> Iterator[tuple[Pair, Problem]]:
    """Two runbooks equally good for an alert that says just what one of them asks for."""
    for runbook in runbooks:
        for alert in _samples(runbook):
            for one, other in combinations(_tied(match(alert, runbooks)), 2):
                text = f"is as good as {other.id} for {alert.title!r}; make the rules of one narrower."
                yield (one.id, other.id), _ambiguous(one, "error", text)


def _samples(runbook: Runbook) -> Iterator[AlertText]:
    rules = runbook.rules
    service, tool, severity = (
        min(names, default=ANY_OTHER) for names in (rules.services, rules.tools, rules.severities)
    )
    for title in [each.title for each in runbook.versions] + [each.written for each in rules.keywords]:
        yield AlertText(title, service_name=service, tool=tool, severity=severity)


def _tied(matches: Sequence[RunbookMatch]) -> list[Runbook]:
    """Those that share the first place; none when one has it alone."""
    first = [each.runbook for each in matches if each.strength == matches[0].strength]
    return first if len(first) > 1 else []


def _tied_in_the_past(found: Iterable[Matched]) -> Iterator[tuple[Pair, Problem]]:
    for past, matches in found:
        for one, other in combinations(_tied(matches), 2):
            title = f"{past.alert.title[:SHOWN]!r} ({past.times} times)"
            text = f"is as good as {other.id} for {title}; make the rules of one narrower."
            yield (one.id, other.id), _ambiguous(one, "warning", text)


def _ambiguous(runbook: Runbook, level: Level, text: str) -> Problem:
    return Problem(runbook.versions[0].file, None, level, "ambiguous", text)

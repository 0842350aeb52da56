"""Which runbooks a person's own rules give for an alert, most specific first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple
from unicodedata import normalize

from toban.domain.runbooks.folding import folded, forms, holds, words
from toban.domain.runbooks.nouns import (
    AlertText,
    Reason,
    ReasonKind,
    Rules,
    Runbook,
    RunbookMatch,
    Strength,
    TextRule,
)

# An alert's details may be megabytes of logs; what it is about stands at their beginning.
LONGEST_TITLE, LONGEST_BODY = 1_024, 4_000
_KINDS: dict[TextRule, ReasonKind] = {
    TextRule.PATTERN: "pattern",
    TextRule.PHRASE: "phrase",
    TextRule.KEYWORD: "keyword",
}


def match(alert: AlertText, runbooks: Iterable[Runbook]) -> list[RunbookMatch]:
    """The runbooks whose rules the alert meets, most specific first; equals stand in the order of ids.

    One rule on the text must be met where a runbook has any, and each restriction (service, tool, severity)
    that it has. What the alert does not say excludes nothing.
    """
    return _best_first(alert, _Text(alert), runbooks)


class Matcher:
    """The same as `match` for many alerts: a runbook of keywords alone is looked at where a word is met."""

    def __init__(self, runbooks: Iterable[Runbook]) -> None:
        self._always: list[Runbook] = []
        self._by_word: defaultdict[str, list[Runbook]] = defaultdict(list)
        for runbook in runbooks:
            keywords = [] if runbook.rules.patterns else [each.words for each in runbook.rules.keywords]
            if not keywords or not all(keywords):
                self._always.append(runbook)
                continue
            for each in keywords:  # all its words must be met, so one of them is enough to look for
                self._by_word[max(each, key=len)].append(runbook)

    def __call__(self, alert: AlertText) -> list[RunbookMatch]:
        """As `match` with these runbooks."""
        text = _Text(alert)
        met = {runbook.id: runbook for word in text.words for runbook in self._by_word.get(word, ())}
        return _best_first(alert, text, (*self._always, *met.values()))


def _best_first(alert: AlertText, text: "_Text", runbooks: Iterable[Runbook]) -> list[RunbookMatch]:
    found = [each for runbook in runbooks if (each := _matched(runbook, alert, text))]
    found.sort(key=lambda each: each.runbook.id)
    return sorted(found, key=lambda each: each.strength, reverse=True)


class _Text:
    """An alert's text in the forms it is compared in, each made once."""

    def __init__(self, alert: AlertText) -> None:
        self.title = normalize("NFKC", alert.title[:LONGEST_TITLE])
        self.whole = f"{self.title}\n{normalize('NFKC', alert.body[:LONGEST_BODY])}"
        self.lower = self.whole.lower()
        self.title_forms = forms(self.title)
        self.all_forms = (*self.title_forms, *forms(alert.body[:LONGEST_BODY]))
        self.names = frozenset(folded(name) for name in (alert.service_id, alert.service_name) if name)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset().union(*map(words, self.all_forms))


class _Hit(NamedTuple):
    rule: TextRule
    in_title: bool
    length: int
    written: str


NO_HIT = _Hit(TextRule.NONE, in_title=False, length=0, written="")


def _matched(runbook: Runbook, alert: AlertText, text: _Text) -> RunbookMatch | None:
    rules = runbook.rules
    hits = sorted(_hits(rules, text), key=lambda hit: hit[:3], reverse=True)
    if not hits and (rules.keywords or rules.patterns):
        return None
    restrictions = _restrictions(rules, alert, text)
    if restrictions is None or not (hits or restrictions):
        return None
    return RunbookMatch(
        runbook,
        tuple(Reason(_KINDS[hit.rule], hit.written) for hit in hits) + tuple(restrictions.values()),
        _strength(hits, restrictions),
    )


def _hits(rules: Rules, text: _Text) -> Iterator[_Hit]:
    for pattern in rules.patterns:
        if pattern.may_be_in(text.lower) and pattern.found_in(text.whole):
            yield _Hit(TextRule.PATTERN, pattern.found_in(text.title), 0, pattern.written)
    if rules.any_words.isdisjoint(text.words):
        return
    for each in rules.keywords:
        if each.words <= text.words and any(holds(form, each.folded) for form in text.all_forms):
            rule = TextRule.PHRASE if each.is_phrase else TextRule.KEYWORD
            in_title = any(holds(form, each.folded) for form in text.title_forms)
            yield _Hit(rule, in_title, len(each.folded), each.written)


def excluded(alert: AlertText, runbooks: Iterable[Runbook]) -> set[str]:
    """Ids of runbooks that a person's restriction on service, tool or severity keeps from this alert."""
    text = _Text(alert)
    return {each.id for each in runbooks if _restrictions(each.rules, alert, text) is None}


def _restrictions(rules: Rules, alert: AlertText, text: _Text) -> dict[str, Reason] | None:
    """The restrictions the alert meets, by kind; ``None`` when it is known to fail one."""
    met: dict[str, Reason] = {}
    if rules.services and text.names:
        if rules.services.isdisjoint(text.names):
            return None
        met["service"] = Reason("service", alert.service_name or alert.service_id or "")
    if rules.tools and alert.tool:
        if folded(alert.tool) not in rules.tools:
            return None
        met["tool"] = Reason("tool", alert.tool)
    if rules.severities and alert.severity:
        if folded(alert.severity) not in rules.severities:
            return None
        met["severity"] = Reason("severity", alert.severity)
    return met


def _strength(hits: list[_Hit], restrictions: dict[str, Reason]) -> Strength:
    best = hits[0] if hits else NO_HIT
    return Strength(
        by_text=bool(hits),
        by_service="service" in restrictions,
        text_rule=best.rule,
        in_title=best.in_title,
        by_tool="tool" in restrictions,
        by_severity="severity" in restrictions,
        length=best.length,
    )

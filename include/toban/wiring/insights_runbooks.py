"""The runbook of an alert, as an incident's page shows it, with the reasons."""

from collections.abc import Callable
from datetime import datetime

from toban.clients.runbook_warm import WarmRunbooks
from toban.domain.runbooks.nouns import AlertText, RunbookMatch
from toban.domain.runbooks.search.finding import Found, find
from toban.domain.runbooks.words import address, explained, explained_find
from toban.locale import language
from toban.web.insights.incidents import FindRunbook, RunbookLink


def runbook_finder(warm: WarmRunbooks, base: str | None, now: Callable[[], datetime]) -> FindRunbook:
    """People's rules first, then text and confirmations; ``base`` is where runbooks are read."""

    def look(alert: AlertText, code: str) -> RunbookLink | None:
        matched = warm.matcher()(alert)
        if matched:
            return _by_rule(matched[0], code, base)
        found = find(alert, warm.library(now()), code, most=1)
        return _by_text(found[0], code, base) if found else None

    return look


def _by_rule(best: RunbookMatch, code: str, base: str | None) -> RunbookLink:
    say, version = language(code), best.runbook.version(code)
    why = say.text(", ").join(explained(each, say) for each in best.reasons)
    return RunbookLink(best.runbook.id, version.title, version.first_step, address(version.file, base), why)


def _by_text(best: Found, code: str, base: str | None) -> RunbookLink:
    say, page = language(code), best.page
    why = say.text(", ").join(explained_find(best, say))
    return RunbookLink(page.id, page.title, page.first_step, address(page.file, base), why, guess=True)

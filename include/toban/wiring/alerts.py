"""What an alert pass works with, put together: clients that would rather fail fast than hold up a pass."""

from datetime import UTC, datetime
from functools import cache

from toban.clients.ledger import Ledger
from toban.clients.messenger import Messenger
from toban.clients.runbook_files import load_runbooks
from toban.clients.runbook_library import runbook_library
from toban.clients.slack_places import Places
from toban.jobs.alerting.desk import desks
from toban.jobs.alerting.duty_claims import claims_by_team
from toban.jobs.alerting.preview import Planned, planned
from toban.jobs.alerting.tools import Tools
from toban.jobs.answer_presses import answer_presses
from toban.jobs.draft_in_thread import Drafting
from toban.jobs.handle_alerts import Summary, handle_alerts
from toban.jobs.word_draft import Wording
from toban.settings import Settings
from toban.wiring import build, intake
from toban.wiring.triage import PassTriage

# A pass ends within 30 s and the next one tries again: it waits neither long nor often.
PATIENCE_S, TIMEOUT_S, TRIES, LONGEST_WAIT_S = 4.0, 5, 3, 8.0


def alert_pass(settings: Settings) -> Summary:
    """One pass: presses and alerts, the sign of life at its end, and, whatever happened, the outbox."""
    with PassTriage(build.warehouse(settings)) as triage:
        tools = _tools(settings, triage)
        try:
            return handle_alerts(tools, first=lambda: _answer(tools), last=build.heartbeat().ping)
        finally:
            intake.send_due(settings, datetime.now(UTC))


def planned_pass(settings: Settings) -> list[Planned]:
    """What a pass would do now; it says and does nothing."""
    with PassTriage(build.warehouse(settings)) as triage:
        return planned(_tools(settings, triage))


def _tools(settings: Settings, triage: PassTriage) -> Tools:
    book = build.ledger(keeps=True)  # a connection each would take half of a pass's time
    pagerduty = build.pagerduty(settings, patience_s=PATIENCE_S, timeout_s=TIMEOUT_S)
    slack = build.slack(timeout_s=TIMEOUT_S, tries=TRIES, longest_wait_s=LONGEST_WAIT_S)
    shelf = cache(lambda: load_runbooks(settings.runbooks.directory))
    library = cache(lambda: runbook_library(settings.runbooks.directory, shelf(), book, datetime.now(UTC)))
    return Tools(
        settings=settings,
        desks=desks(settings),
        claims=claims_by_team(settings, pagerduty, book, datetime.now(UTC)),
        pagerduty=pagerduty,
        ledger=book,
        slack=slack,
        messenger=Messenger(book, slack, patience_s=0),
        places=Places(slack, build.people(settings, slack), book.notes),
        shelf=shelf,
        library=library,
        triage=triage,
        drafting=Drafting(
            lambda thread, now: triage.material(thread, library(), now), _wording(settings, book)
        ),
        clock=lambda: datetime.now(UTC),
    )


def _wording(settings: Settings, book: Ledger) -> Wording | None:
    chosen = settings.triage.llm
    return Wording(lambda: build.language_model(chosen), book) if chosen else None


def _answer(tools: Tools) -> None:
    answer_presses(
        pagerduty=tools.pagerduty,
        ledger=tools.ledger,
        slack=tools.slack,
        settings=tools.settings,
        now=tools.clock(),
    )

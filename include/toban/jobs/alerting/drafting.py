"""Runbooks' drafts that somebody asked for by a button, written when everything more urgent is done."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from toban.domain.presses.nouns import Press
from toban.jobs.alerting.tools import Tools
from toban.jobs.answer_presses import answer_draft, drafts_wanted


def wanted(tools: Tools, now: datetime) -> Iterator[tuple[str, Callable[[], bool]]]:
    """The channel of each, and how to write it."""
    presses = drafts_wanted(tools.ledger, now)
    threads = tools.ledger.threads.of({press.incident_id for press in presses}) if presses else {}
    for press in presses:
        thread = threads.get(press.incident_id)
        channel = thread.channel if thread else tools.settings.fallback_channel
        yield channel, partial(_answer, tools, press)


def _answer(tools: Tools, press: Press) -> bool:
    return answer_draft(
        press,
        tools.drafting,
        pagerduty=tools.pagerduty,
        ledger=tools.ledger,
        slack=tools.slack,
        settings=tools.settings,
        now=tools.clock(),
    )

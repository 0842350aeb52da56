"""Is PagerDuty there, does the token suffice, and may Toban write under the name it was given?"""

from collections.abc import Generator, Iterator
from typing import Any

from toban.clients.pagerduty import PagerDuty
from toban.domain.findings import Finding, bad, good, look
from toban.errors import PagerDutyRefused
from toban.settings import Settings


def examine_token(pagerduty: PagerDuty) -> Generator[Finding, None, bool]:
    """The token, and which way of syncing the account allows; returns whether the token is accepted."""
    subject = "PagerDuty token"
    try:
        pagerduty.abilities()
    except PagerDutyRefused as error:
        yield bad(subject, str(error), "Put a REST API key into pagerduty_default; read-only is enough.")
        return False
    yield good(subject, "accepted")
    yield _examine_embedding(pagerduty)
    return True


def _examine_embedding(pagerduty: PagerDuty) -> Finding:
    subject = "PagerDuty log entries"
    entries = pagerduty.get("log_entries", limit=1, include=("incidents",)).get("log_entries") or []
    if not entries:
        return look(subject, "there is none yet in the last month", "Ask again after the first incident.")
    if "status" in entries[0].get("incident", {}):
        return good(subject, "carry their incidents: the sync needs no call of its own for each")
    return look(
        subject,
        "carry mere references: each incident that changed costs one more call",
        "Nothing to do; mind the rate limit in a long backfill.",
    )


def examine_sender(users: dict[str, dict[str, Any]], settings: Settings) -> Iterator[Finding]:
    """Whether the address Toban writes under belongs to somebody; only mode act writes."""
    sender = settings.pagerduty.from_email
    if sender is None or not any(team.mode == "act" for team in settings.teams):
        return
    subject = "pagerduty.from_email"
    if sender.casefold() in {str(user.get("email")).casefold() for user in users.values()}:
        yield good(subject, f"{sender} is a user of the account")
    else:
        yield bad(
            subject, f"no user of the account has the address {sender}", "Correct it: PagerDuty refuses it."
        )

"""What an alert's thread was told of it, kept as it was told then: models and runbooks change later."""

from dataclasses import dataclass
from datetime import datetime

from toban.domain.triage.nouns import Verdict
from toban.domain.triage.verdict import Judgement, Reason


@dataclass(frozen=True)
class Reading:
    """``verdict`` and what follows are None where triage had no say, ``runbook_id`` where none was found.

    ``by_rule``: a person's rule named the runbook; else its text was alike. ``said_at`` is aware, UTC.
    """

    incident_id: str
    said_at: datetime
    verdict: Verdict | None = None
    reason: Reason | None = None
    probability: float | None = None
    like_ended: int | None = None
    like_of: int | None = None
    model: str | None = None
    runbook_id: str | None = None
    by_rule: bool | None = None


def reading(
    incident_id: str, at: datetime, judgement: Judgement | None, runbook_id: str | None, *, by_rule: bool
) -> Reading:
    """What is told of an incident now."""
    kept = by_rule if runbook_id is not None else None
    if judgement is None:
        return Reading(incident_id, at, runbook_id=runbook_id, by_rule=kept)
    return Reading(
        incident_id,
        at,
        judgement.verdict,
        judgement.reason,
        judgement.probability,
        judgement.shares.like.ended,
        judgement.shares.like.of,
        judgement.version,
        runbook_id,
        kept,
    )

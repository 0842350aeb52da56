"""Does an alert need somebody? Whatever is not known well needs a person."""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from toban.domain.triage.features import features
from toban.domain.triage.model import Model
from toban.domain.triage.nouns import Asked, Past, Verdict
from toban.domain.triage.shares import Shares

ENOUGH = 10  # outcomes of the same alert, below which its history is thin
LIKELY = 0.9  # a wrong "by itself" costs more than nine needless looks
EVEN = 0.5
HIGH = re.compile(
    r"\W*(?:(?:p|sev|s|prio(?:rity)?)[ -]*[012]|critical|highest|high|urgent|緊急|最高|高)\W*", re.I
)


class Reason(StrEnum):
    """Why it is judged so."""

    NO_MODEL = "no_model"
    STALE_MODEL = "stale_model"
    NEW = "new"
    THIN = "thin"
    PRIORITY = "priority"
    HISTORY = "history"


@dataclass(frozen=True)
class Judgement:
    """The verdict, and what a person can check.

    ``probability`` [0, 1] that it ends by itself, None without a model; of those like it that did, ``usual``
    is the median time and ``within`` the time in which nine of ten did. ``said`` others needed no action as
    people said, whatever their course.
    """

    verdict: Verdict
    reason: Reason
    probability: float | None
    shares: Shares
    usual: timedelta | None
    within: timedelta | None
    version: str | None
    said: int = 0


def judge(
    asked: Asked, shares: Shares, like: Sequence[Past], *, new: bool, model: Model | None, now: datetime
) -> Judgement:
    """``like`` are the incidents behind ``shares.like``; ``new``: the template was never seen."""
    chance = model.probability(features(shares, asked.at.timestamp(), low=asked.low)) if model else None
    reason = _open(asked, shares, new=new, model=model, now=now)
    verdict = Verdict.NEEDS_ACTION if reason or chance is None else _verdict(chance)
    times = sorted(past.took for past in like if past.transient and past.ended_soon and past.took is not None)
    return Judgement(
        verdict=verdict,
        reason=reason or Reason.HISTORY,
        probability=chance,
        shares=shares,
        usual=statistics.median_high(times) if times else None,
        within=times[(9 * len(times) - 1) // 10] if times else None,
        version=model.version if model else None,
        said=sum(past.transient and not past.ended_soon for past in like),
    )


def _open(asked: Asked, shares: Shares, *, new: bool, model: Model | None, now: datetime) -> Reason | None:
    """Why a person is needed whatever the model says."""
    rules = (
        (model is None, Reason.NO_MODEL),
        (model is not None and model.stale(now), Reason.STALE_MODEL),
        (new, Reason.NEW),
        (shares.like.of < ENOUGH, Reason.THIN),
        (is_high(asked.priority), Reason.PRIORITY),
    )
    return next((reason for applies, reason in rules if applies), None)


def is_high(priority: str | None) -> bool:
    """Whether the priority, as PagerDuty shows it, needs a person whatever is known."""
    return HIGH.fullmatch(priority or "") is not None


def _verdict(chance: float) -> Verdict:
    if chance >= LIKELY:
        return Verdict.BY_ITSELF
    return Verdict.UNSURE if chance >= EVEN else Verdict.NEEDS_ACTION

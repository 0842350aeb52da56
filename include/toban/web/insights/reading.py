"""An incident's page: what triage says of its alert now, beside what its thread was told then."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from toban.clients.insights.readings import read_told
from toban.clients.warehouse import Snapshot
from toban.domain.language import Language
from toban.domain.triage.endings import ending
from toban.domain.triage.nouns import Alike, Asked, Note, Verdict
from toban.domain.triage.novelty import Novelty
from toban.domain.triage.reading import Reading
from toban.domain.triage.shares import Share, Shares
from toban.domain.triage.verdict import Judgement, Reason
from toban.domain.triage.words import evidence_words, novelty_words, verdict_words
from toban.errors import WarehouseError

log = logging.getLogger(__name__)
NOTES = 2  # of a similar incident: the last ones say how it ended
TONES = {Verdict.BY_ITSELF: "good", Verdict.UNSURE: "warn", Verdict.NEEDS_ACTION: "bad"}


class Triaged(Protocol):
    """What triage finds out about an alert."""

    @property
    def judgement(self) -> Judgement:
        """Whether it needs somebody."""

    @property
    def novelty(self) -> Novelty:
        """Whether it is new."""

    @property
    def nearest(self) -> tuple[Alike, ...]:
        """The past incidents most like it."""


ReadAlert = Callable[[Snapshot, Asked, datetime], Triaged]


@dataclass(frozen=True)
class Similar:
    """A past incident, how it ended, and its last notes; ``service`` is None where it is the alert's own."""

    id: str
    number: int | None
    title: str
    began: datetime
    service: str | None
    how: str
    notes: Sequence[Note]


@dataclass(frozen=True)
class Panel:
    """Sentences about one alert; ``evidence`` is empty where a rule alone leaves it to a person.

    ``told`` is what the thread was told, None where nothing is known of that; ``told_words`` its verdict.
    """

    verdict: str
    tone: str
    evidence: str
    novelty: str
    model: str | None
    told: Reading | None
    told_words: str | None
    similar: Sequence[Similar]


def read_panel(
    snapshot: Snapshot,
    facts: Mapping[str, Any],
    read: ReadAlert,
    now: datetime,
    say: Language,
    zone: ZoneInfo,
) -> Panel | None:
    """None where the snapshot cannot be asked: the rest of the page does not wait for it."""
    asked = Asked(
        facts["title"] or "",
        facts["service_id"] or "",
        facts["created_at"],
        facts["urgency"] == "low",
        facts["priority_name"],
    )
    try:
        found, told = read(snapshot, asked, now), read_told(snapshot, facts["incident_id"])
    except WarehouseError as error:
        log.warning("an incident's page goes without triage: %s", error)
        return None
    judgement = found.judgement
    by_history = judgement.reason is Reason.HISTORY
    return Panel(
        verdict=verdict_words(judgement, asked, say, str),
        tone=TONES[judgement.verdict],
        evidence=evidence_words(judgement, say) if by_history else "",
        novelty=novelty_words(found.novelty, say, zone, str),
        model=judgement.version,
        told=told,
        told_words=_told_words(told, asked, say),
        similar=[_similar(each, asked, say) for each in found.nearest],
    )


def _told_words(told: Reading | None, asked: Asked, say: Language) -> str | None:
    if told is None or told.verdict is None or told.reason is None:
        return None
    like = Share(told.like_ended or 0, told.like_of or 0)
    then = Judgement(
        told.verdict, told.reason, told.probability, Shares(like), usual=None, within=None, version=told.model
    )
    return verdict_words(then, asked, say, str)


def _similar(alike: Alike, asked: Asked, say: Language) -> Similar:
    past = alike.past
    elsewhere = past.service if past.service_id != asked.service_id else None
    how = ending(past, say, str)
    return Similar(past.id, past.number, past.title, past.created_at, elsewhere, how, past.notes[-NOTES:])

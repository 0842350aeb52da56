"""One alert, read before anybody has to: is it new, what was like it, and does it need somebody?"""

from dataclasses import dataclass
from datetime import datetime

from toban.clients.triage.past import look_up, with_notes
from toban.clients.warehouse import Snapshot
from toban.domain.triage.nouns import Alike, Asked
from toban.domain.triage.novelty import Novelty
from toban.domain.triage.similar import SHOWN, handlers, similar
from toban.domain.triage.verdict import Judgement, judge


@dataclass(frozen=True)
class Triage:
    """``handlers`` are those who handled such alerts, with their share of voices [0, 1]."""

    judgement: Judgement
    novelty: Novelty
    nearest: tuple[Alike, ...]
    handlers: tuple[tuple[str, float], ...]


def triage_alert(snapshot: Snapshot, asked: Asked, now: datetime) -> Triage:
    """From what the snapshot knows of the time before the alert; raises WarehouseError."""
    found = look_up(snapshot, asked)
    nearest = similar(asked, found.candidates)
    return Triage(
        judgement=judge(asked, found.shares, found.like, new=found.novelty.new, model=found.model, now=now),
        novelty=found.novelty,
        nearest=tuple(with_notes(snapshot, nearest[:SHOWN])),
        handlers=tuple(handlers(nearest)),
    )

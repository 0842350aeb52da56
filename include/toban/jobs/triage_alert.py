"""One alert, read before anybody has to: is it new, what was like it, and does it need somebody?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from toban.clients.triage import past
from toban.clients.triage.kept import serving
from toban.clients.warehouse import Snapshot
from toban.domain.triage.nouns import TRANSIENT, Alike, Asked, Known, Past
from toban.domain.triage.novelty import LOOKED_BACK, Novelty, novelty
from toban.domain.triage.shares import WINDOW, Share, Shares
from toban.domain.triage.similar import ASKED, SHOWN, handlers, related, similar
from toban.domain.triage.template import template
from toban.domain.triage.verdict import Judgement, judge

RELATED = 3  # other templates whose incidents are looked at, where the own one is rare


@dataclass(frozen=True)
class Triage:
    """``handlers`` are those who handled such alerts, with their share of voices [0, 1]."""

    judgement: Judgement
    novelty: Novelty
    nearest: tuple[Alike, ...]
    handlers: tuple[tuple[str, float], ...]


def triage_alert(snapshot: Snapshot, asked: Asked, now: datetime) -> Triage:
    """From what the snapshot knows of the time before the alert; raises WarehouseError."""
    name = template(asked.text)
    own = past.incidents(snapshot, asked, name, own=True)
    known = past.counts(snapshot, asked, name)
    others = _elsewhere(snapshot, asked, name, known) if len(own) < ASKED else []
    if len(own) + len(others) < ASKED:
        known += past.near_counts(snapshot, asked, name)
        others += _of_related(snapshot, asked, name, known)
    found = novelty(asked, known, *past.recent(snapshot, asked, name, asked.at - LOOKED_BACK))
    nearest = similar(asked, [*own, *others])
    return Triage(
        judgement=_judged(snapshot, asked, own, new=found.new, now=now),
        novelty=found,
        nearest=tuple(past.with_notes(snapshot, nearest[:SHOWN])),
        handlers=tuple(handlers(nearest)),
    )


def _judged(snapshot: Snapshot, asked: Asked, own: Iterable[Past], *, new: bool, now: datetime) -> Judgement:
    """By those of which it was known when the alert began how they ended, as in training."""
    like = [each for each in own if each.created_at <= asked.at - TRANSIENT][:WINDOW]
    share = Share(sum(each.transient for each in like), len(like))
    shares = Shares(share, past.share_of_service(snapshot, asked))
    return judge(asked, shares, like, new=new, model=serving(snapshot), now=now)


def _elsewhere(snapshot: Snapshot, asked: Asked, name: str, known: Iterable[Known]) -> list[Past]:
    """Of the template in other services, where any had it."""
    seen = any(one.service_id != asked.service_id for one in known)
    return past.incidents(snapshot, asked, name, own=False) if seen else []


def _of_related(snapshot: Snapshot, asked: Asked, name: str, known: Iterable[Known]) -> list[Past]:
    """Of the nearest other templates, in the service if it had them."""
    nearest = related(asked.text, {one.template for one in known} - {name})[:RELATED]
    found: list[Past] = []
    for _, other in nearest:
        own = past.incidents(snapshot, asked, other, own=True)
        found += own or past.incidents(snapshot, asked, other, own=False)
    return found

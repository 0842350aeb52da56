"""Verdict and novelty in plain sentences; ``harmless`` makes what others wrote fit for where it is shown."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from toban.domain.language import Language
from toban.domain.mrkdwn import cut
from toban.domain.triage.nouns import Asked, Frequency, Verdict
from toban.domain.triage.novelty import Novelty
from toban.domain.triage.verdict import ENOUGH, Judgement, Reason

TEMPLATE_CHARACTERS = 120
Harmless = Callable[[str], str]


def verdict_words(judgement: Judgement, asked: Asked, say: Language, harmless: Harmless) -> str:
    """The verdict in one sentence."""
    if judgement.reason is not Reason.HISTORY:
        return say.text("Needs a person: {why}.", why=_why(judgement, asked, say, harmless))
    chance = say.percent(judgement.probability or 0.0)
    match judgement.verdict:
        case Verdict.BY_ITSELF:
            return say.text("Likely resolves by itself ({chance}).", chance=chance)
        case Verdict.UNSURE:
            return say.text("May resolve by itself ({chance}): look at it.", chance=chance)
        case Verdict.NEEDS_ACTION:
            return say.text("Needs action ({chance} that it resolves by itself).", chance=chance)


def evidence_words(judgement: Judgement, say: Language) -> str:
    """What the verdict rests on, to be checked."""
    ended = _ended(judgement, say)
    if not judgement.said:
        return ended
    said = say.count(
        "{n} more needed no action, people said.",
        "{n} more needed no action, people said.",
        judgement.said,
    )
    return f"{ended} {said}"


def novelty_words(novelty: Novelty, say: Language, zone: ZoneInfo, harmless: Harmless) -> str:
    """Whether it was ever seen, since when and how often; else what comes nearest."""
    if novelty.new:
        nearest = _nearest(novelty, say, zone, harmless)
        return f"{say.text('Never seen before, in any service.')} {nearest}".strip()
    first = min(known.first_seen for known in novelty.seen)
    last = max(known.last_seen for known in novelty.seen)
    seen = say.count(
        "Seen {n} time since {first}, last on {last}.",
        "Seen {n} times since {first}, last on {last}.",
        sum(known.incidents for known in novelty.seen),
        first=date_words(first, say, zone),
        last=date_words(last, say, zone),
    )
    return f"{seen} {_frequency(novelty, say)}"


def date_words(moment: datetime, say: Language, zone: ZoneInfo) -> str:
    """The day with its year, on the zone's clock."""
    local = moment.astimezone(zone).date()
    return f"{local:%Y-%m-%d}" if say.code == "en" else f"{local.year}年{local.month}月{local.day}日"


def _why(judgement: Judgement, asked: Asked, say: Language, harmless: Harmless) -> str:
    match judgement.reason:
        case Reason.NEW:
            return say.text("such an alert was never seen before")
        case Reason.THIN:
            return say.text(
                "only {of} of at least {enough} like it are known", of=judgement.shares.like.of, enough=ENOUGH
            )
        case Reason.PRIORITY:
            return say.text("its priority is {priority}", priority=harmless(asked.priority or ""))
        case Reason.STALE_MODEL:
            return say.text("triage was not trained for weeks")
        case _:
            return say.text("triage has no trained model")


def _ended(judgement: Judgement, say: Language) -> str:
    like = judgement.shares.like
    if judgement.within is None or judgement.usual is None:
        return say.text("Of the last {of} like this, none resolved by itself.", of=like.of)
    return say.text(
        "{ended} of the last {of} like this resolved by themselves, nobody acted: usually after {usual}, nine"
        " of ten within {within}.",
        ended=like.ended - judgement.said,
        of=like.of,
        usual=say.duration(judgement.usual.total_seconds()),
        within=say.duration(judgement.within.total_seconds()),
    )


def _frequency(novelty: Novelty, say: Language) -> str:
    counts = {"recent": novelty.recent, "of": novelty.of}
    match novelty.frequency:
        case Frequency.ANOMALY:
            return say.text("An anomaly: none of this service's {of} incidents in 30 days.", **counts)
        case Frequency.RARE:
            return say.text("Rare: {recent} of this service's {of} incidents in 30 days.", **counts)
        case Frequency.FREQUENT:
            return say.text("Frequent: {recent} of this service's {of} incidents in 30 days.", **counts)
        case Frequency.USUAL:
            return say.text("{recent} of this service's {of} incidents in 30 days.", **counts)


def _nearest(novelty: Novelty, say: Language, zone: ZoneInfo, harmless: Harmless) -> str:
    if novelty.nearest is None:
        return ""
    shared, known = novelty.nearest
    return say.text(
        "The nearest, {shared} alike: {template} (last on {last}).",
        shared=say.percent(shared),
        template=harmless(cut(known.template, TEMPLATE_CHARACTERS)),
        last=date_words(known.last_seen, say, zone),
    )

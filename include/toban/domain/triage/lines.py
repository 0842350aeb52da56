"""Verdict, novelty and similar incidents, as a thread or a terminal shows them: escaped, few lines."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from toban.domain.language import Language
from toban.domain.message import bold, escape, link
from toban.domain.mrkdwn import cut
from toban.domain.triage.endings import ending
from toban.domain.triage.nouns import Alike, Asked, Frequency, Past, Verdict
from toban.domain.triage.novelty import Novelty
from toban.domain.triage.verdict import ENOUGH, Judgement, Reason

TITLE_CHARACTERS, NOTE_CHARACTERS, TEMPLATE_CHARACTERS = 80, 160, 120


def verdict_line(judgement: Judgement, asked: Asked, say: Language) -> str:
    """The verdict with its reason, in one sentence or two."""
    if judgement.reason is not Reason.HISTORY:
        return say.text(":point_right: Needs a person: {why}.", why=_why(judgement, asked, say))
    chance = say.percent(judgement.probability or 0.0)
    match judgement.verdict:
        case Verdict.BY_ITSELF:
            head = say.text(":hourglass: Likely resolves by itself ({chance}).", chance=chance)
        case Verdict.UNSURE:
            head = say.text(":grey_question: May resolve by itself ({chance}): look at it.", chance=chance)
        case Verdict.NEEDS_ACTION:
            head = say.text(
                ":point_right: Needs action ({chance} that it resolves by itself).", chance=chance
            )
    return f"{head} {_evidence(judgement, say)}"


def _why(judgement: Judgement, asked: Asked, say: Language) -> str:
    match judgement.reason:
        case Reason.NEW:
            return say.text("such an alert was never seen before")
        case Reason.THIN:
            return say.text(
                "only {of} of at least {enough} like it are known", of=judgement.shares.like.of, enough=ENOUGH
            )
        case Reason.PRIORITY:
            return say.text("its priority is {priority}", priority=escape(asked.priority or ""))
        case Reason.STALE_MODEL:
            return say.text("triage was not trained for weeks")
        case _:
            return say.text("triage has no trained model")


def _evidence(judgement: Judgement, say: Language) -> str:
    return f"{_endings(judgement, say)} {_said(judgement, say)}".strip()


def _said(judgement: Judgement, say: Language) -> str:
    if not judgement.said:
        return ""
    return say.count(
        "{n} more needed no action, people said.",
        "{n} more needed no action, people said.",
        judgement.said,
    )


def _endings(judgement: Judgement, say: Language) -> str:
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


def novelty_line(novelty: Novelty, say: Language, zone: ZoneInfo) -> str:
    """Whether it was ever seen, since when and how often; else what comes nearest."""
    if novelty.new:
        return (
            f"{say.text(':new: Never seen before, in any service.')} {_nearest(novelty, say, zone)}".strip()
        )
    first = min(known.first_seen for known in novelty.seen)
    last = max(known.last_seen for known in novelty.seen)
    times = sum(known.incidents for known in novelty.seen)
    seen = say.count(
        ":repeat: Seen {n} time since {first}, last on {last}.",
        ":repeat: Seen {n} times since {first}, last on {last}.",
        times,
        first=_date(first, say, zone),
        last=_date(last, say, zone),
    )
    return f"{seen} {_frequency(novelty, say)}"


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


def _nearest(novelty: Novelty, say: Language, zone: ZoneInfo) -> str:
    if novelty.nearest is None:
        return ""
    shared, known = novelty.nearest
    return say.text(
        "The nearest, {shared} alike: {template} (last on {last}).",
        shared=say.percent(shared),
        template=cut(escape(known.template), TEMPLATE_CHARACTERS),
        last=_date(known.last_seen, say, zone),
    )


def similar_lines(nearest: Sequence[Alike], say: Language, zone: ZoneInfo) -> list[str]:
    """One line an incident: which, when, how it ended, who handled it and the last note."""
    return [f"• {_past(each.past, say, zone)}" for each in nearest]


def _past(past: Past, say: Language, zone: ZoneInfo) -> str:
    title = past.title[:TITLE_CHARACTERS]
    number = "" if past.number is None else f"#{past.number} "
    shown = link(past.url, number + title) if past.url else bold(number + title)
    note = f" :memo: {cut(_on_one_line(past.notes[-1].text), NOTE_CHARACTERS)}" if past.notes else ""
    return f"{shown} ({_date(past.created_at, say, zone)}): {ending(past, say, escape)}{note}"


def _on_one_line(text: str) -> str:
    return " ".join(escape(text[: 2 * NOTE_CHARACTERS]).split())


def _date(moment: datetime, say: Language, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone).date()
    return f"{local:%Y-%m-%d}" if say.code == "en" else f"{local.year}年{local.month}月{local.day}日"

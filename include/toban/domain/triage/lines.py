"""Verdict, novelty and similar incidents, as a thread or a terminal shows them: escaped, few lines."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from toban.domain.language import Language
from toban.domain.message import bold, escape, link
from toban.domain.mrkdwn import cut
from toban.domain.triage.endings import ending
from toban.domain.triage.nouns import Alike, Asked, Past, Verdict
from toban.domain.triage.novelty import Novelty
from toban.domain.triage.verdict import Judgement, Reason
from toban.domain.triage.words import date_words, evidence_words, novelty_words, verdict_words

TITLE_CHARACTERS, NOTE_CHARACTERS = 80, 160
SIGNS = {
    Verdict.BY_ITSELF: ":hourglass:",
    Verdict.UNSURE: ":grey_question:",
    Verdict.NEEDS_ACTION: ":point_right:",
}


def verdict_line(judgement: Judgement, asked: Asked, say: Language) -> str:
    """The verdict with its reason, in one sentence or two."""
    head = f"{SIGNS[judgement.verdict]} {verdict_words(judgement, asked, say, escape)}"
    return head if judgement.reason is not Reason.HISTORY else f"{head} {evidence_words(judgement, say)}"


def novelty_line(novelty: Novelty, say: Language, zone: ZoneInfo) -> str:
    """Whether it was ever seen, since when and how often; else what comes nearest."""
    return f"{':new:' if novelty.new else ':repeat:'} {novelty_words(novelty, say, zone, escape)}"


def similar_lines(nearest: Sequence[Alike], say: Language, zone: ZoneInfo) -> list[str]:
    """One line an incident: which, when, how it ended, who handled it and the last note."""
    return [f"• {_past(each.past, say, zone)}" for each in nearest]


def _past(past: Past, say: Language, zone: ZoneInfo) -> str:
    title = past.title[:TITLE_CHARACTERS]
    number = "" if past.number is None else f"#{past.number} "
    shown = link(past.url, number + title) if past.url else bold(number + title)
    note = f" :memo: {cut(_on_one_line(past.notes[-1].text), NOTE_CHARACTERS)}" if past.notes else ""
    return f"{shown} ({date_words(past.created_at, say, zone)}): {ending(past, say, escape)}{note}"


def _on_one_line(text: str) -> str:
    return " ".join(escape(text[: 2 * NOTE_CHARACTERS]).split())

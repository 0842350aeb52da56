"""A draft as a Markdown file: its head, the four sections, and where each word comes from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from toban.domain.language import Language
from toban.domain.runbooks.drafts.nouns import Material, Seen
from toban.domain.runbooks.drafts.quoting import block, inline, yaml_text
from toban.domain.runbooks.drafts.rules import keyword_of
from toban.domain.runbooks.sections import HEADINGS
from toban.domain.triage.endings import ending
from toban.domain.triage.masks import PLACEHOLDER
from toban.domain.triage.nouns import Past

MOST_NAMES = 5  # of services or tools
MOST_NOTES = 2  # the newest of an incident: a file of more than 64 KiB would not be read


@dataclass(frozen=True)
class Written:
    """A draft's parts: its head with the word that it is a draft, the four sections, and its sources."""

    head: str
    sections: str
    sources: str

    def text(self, sections: str | None = None, remark: str | None = None) -> str:
        """The whole file, with other words for its sections, and a remark on the wording, where given."""
        parts = (self.head, remark, sections or self.sections, self.sources)
        return "\n\n".join(part for part in parts if part) + "\n"


def draft(material: Material, say: Language, zone: ZoneInfo) -> Written:
    """``draft: true`` in its head; same material, same text."""
    meaning, impact, diagnosis, mitigation = headings(say.code)
    sections = [
        *(f"## {meaning}", *_meaning(material, say, zone)),
        *(f"## {impact}", *_impact(material.seen, say)),
        *(f"## {diagnosis}", *_diagnosis(material, say, zone)),
        *(f"## {mitigation}", *_mitigation(material.past, say, zone)),
    ]
    banner = say.text(
        "> **Draft.** Toban made this from past incidents, and nobody has reviewed it. Check every line,"
        " then write `owner` and `reviewed` into the head and take `draft` away."
    )
    return Written(
        f"{_head(material.seen)}\n\n{banner}",
        "\n\n".join(sections),
        "\n\n".join([say.text("## Sources"), *_sources(material, say)]),
    )


def headings(code: str) -> tuple[str, ...]:
    """The four sections' names in that language."""
    return tuple(HEADINGS["ja" if code == "ja" else "en"].values())


def _head(seen: Seen) -> str:
    lines = [f"title: {yaml_text(PLACEHOLDER.sub('...', seen.template))}", "draft: true"]
    keyword = keyword_of(seen.template, seen.newest_title)
    if keyword:
        lines.append(f"keywords: [{yaml_text(keyword)}]")
    if seen.services:
        lines.append(f"services: [{', '.join(map(yaml_text, seen.services[:MOST_NAMES]))}]")
    return "\n".join(["---", *lines, "---"])


def _meaning(material: Material, say: Language, zone: ZoneInfo) -> Iterator[str]:
    seen = material.seen
    yield say.text("The alert, as it came last:")
    yield block(seen.newest_title)
    if material.details.strip():
        yield say.text("What the monitoring tool said with it:")
        yield block(material.details)
    yield say.count(
        "It came {n} time from {first} to {last}.",
        "It came {n} times from {first} to {last}.",
        seen.incidents,
        first=_date(seen.first, zone),
        last=_date(seen.last, zone),
    )
    if seen.services:
        yield say.text("Services: {names}", names=_names(seen.services))
    if seen.tools:
        yield say.text("Monitoring tools: {names}", names=_names(seen.tools))


def _impact(seen: Seen, say: Language) -> Iterator[str]:
    yield say.text("The incidents do not say who notices what. Please write it here.")
    yield say.text(
        "{ended} of {of} resolved by themselves, nobody acted.", ended=seen.by_themselves, of=seen.incidents
    )
    if seen.median is not None:
        took = say.duration(seen.median.total_seconds())
        yield say.text("Half of those that ended took at most {took}.", took=took)


def _diagnosis(material: Material, say: Language, zone: ZoneInfo) -> Iterator[str]:
    noted = [past for past in material.past if past.notes]
    yield (
        say.text("What people noted on such incidents:")
        if noted
        else say.text("Nobody left a note on such incidents. Please write how the cause is found.")
    )
    for past in noted:
        for note in past.notes[-MOST_NOTES:]:
            by = f", {inline(note.by)}" if note.by else ""
            yield f"{_named(past)} ({_date(past.created_at, zone)}{by})"
            yield block(note.text)
    if material.near:
        yield say.text("The nearest runbooks, which may help or serve as a model:")
        yield "\n".join(f"- {inline(near.title)} ({inline(near.file)})" for near in material.near)


def _mitigation(past: Sequence[Past], say: Language, zone: ZoneInfo) -> Iterator[str]:
    yield say.text("No first step is known yet. Please write it here, as the first item of a list.")
    yield say.text("How such incidents ended:")
    yield "\n".join(
        f"- {_named(each)} ({_date(each.created_at, zone)}): {ending(each, say, inline)}" for each in past
    )


def _sources(material: Material, say: Language) -> Iterator[str]:
    lines = [
        say.text("- template {template}", template=inline(material.seen.template)),
        *(
            say.text("- incident {name} ({id}): {title}", name=_named(each), id=inline(each.id),
                     title=inline(each.title))
            for each in material.past
        ),
        *(say.text("- runbook {file}", file=inline(near.file)) for near in material.near),
    ]  # fmt: skip
    yield "\n".join(lines)


def _named(past: Past) -> str:
    return inline(past.id if past.number is None else f"#{past.number}")


def _names(names: Sequence[str]) -> str:
    return ", ".join(map(inline, names[:MOST_NAMES]))


def _date(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).date().isoformat()

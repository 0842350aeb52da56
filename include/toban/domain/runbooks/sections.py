"""The four sections of a runbook's Markdown, by its headings of the second level."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from toban.domain.runbooks.nouns import LanguageCode, Sections

HEADINGS: dict[LanguageCode, dict[str, str]] = {
    "en": {"meaning": "Meaning", "impact": "Impact", "diagnosis": "Diagnosis", "mitigation": "Mitigation"},
    "ja": {"meaning": "意味", "impact": "影響", "diagnosis": "診断", "mitigation": "対処"},
}
_HEADING = re.compile(r"(#{1,2})[ \t]+(.*)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


class Fault(NamedTuple):
    """What is wrong in a file, and in which line of it (from 1)."""

    line: int
    text: str


class _Part(NamedTuple):
    name: str
    line: int
    lines: list[str]


def read_sections(body: str, language: LanguageCode, first_line: int) -> Sections | list[Fault]:
    """The sections of a body that begins in ``first_line`` of its file, or all that is wrong with them.

    Other headings of the first and second level end a section and begin none.
    """
    named = HEADINGS[language]
    parts = [part for part in _parts(body.split("\n"), first_line) if part.name in _folded(named)]
    faults = [*_missing(parts, named, first_line), *_twice_or_empty(parts)]
    if faults:
        return faults
    texts = {part.name: "\n".join(part.lines).strip() for part in parts}
    return Sections(**{field: texts[heading.casefold()] for field, heading in named.items()})


def outside_fences(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is Markdown: ``# Meaning`` in a block of code is a comment of a shell."""
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        yield line, not fence and not mark
        if not fence:
            fence = mark[1] if mark else ""
        elif mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
            fence = ""


def _folded(named: dict[str, str]) -> set[str]:
    return {heading.casefold() for heading in named.values()}


def _parts(lines: list[str], first_line: int) -> Iterator[_Part]:
    part = _Part("", first_line, [])
    for number, (line, is_markdown) in enumerate(outside_fences(lines), first_line):
        heading = _HEADING.match(line) if is_markdown else None
        if heading:
            yield part
            name = heading[2].strip().rstrip("#").strip().casefold() if heading[1] == "##" else ""
            part = _Part(name, number, [])
        else:
            part.lines.append(line)
    yield part


def _missing(parts: list[_Part], named: dict[str, str], line: int) -> Iterator[Fault]:
    there = {part.name for part in parts}
    for heading in named.values():
        if heading.casefold() not in there:
            yield Fault(line, f"has no section “## {heading}”; each runbook has {', '.join(named.values())}.")


def _twice_or_empty(parts: list[_Part]) -> Iterator[Fault]:
    seen: set[str] = set()
    for part in parts:
        if part.name in seen:
            yield Fault(part.line, f"has the section “{part.name}” a second time; join the two.")
        if not "".join(part.lines).strip():
            yield Fault(
                part.line, f"has nothing in the section “{part.name}”; write it, in a sentence at least."
            )
        seen.add(part.name)

"""Runbooks out of a directory: ``disk-full.md`` in English, ``disk-full.ja.md`` in Japanese."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import reduce
from pathlib import Path

from toban.clients.runbook_front_matter import FrontMatterError, read_front_matter
from toban.clients.runbook_patterns import compile_when_needed
from toban.domain.runbooks.first_step import first_step
from toban.domain.runbooks.header import Compile, Draft, Header, read_header
from toban.domain.runbooks.nouns import (
    LanguageCode,
    Problem,
    Rules,
    Runbook,
    RunbookShelf,
    RunbookVersion,
    Sections,
)
from toban.domain.runbooks.sections import Fault, read_sections

LARGEST_FILE, LARGEST_HEAD = 64 * 1024, 8 * 1024  # bytes; characters
NOT_A_RUNBOOK = {"README.md", "README.ja.md"}
_NAME = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)(\.ja)?\.md")
_HEAD = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
Read = tuple[RunbookVersion, Rules]


def load_runbooks(directory: Path, compiled: Compile = compile_when_needed) -> RunbookShelf:
    """Every usable runbook of the directory, and what is wrong with the other files; raises for none.

    With ``compile_pattern`` the regular expressions are examined too, which an alert does not wait for.
    """
    try:
        paths = sorted(path for path in directory.iterdir() if path.name.endswith(".md"))
    except OSError as error:
        text = f"cannot be read ({error.strerror}); set runbooks.directory to where the runbooks lie."
        return RunbookShelf((), (Problem(str(directory), None, "error", "invalid", text),))
    versions: defaultdict[str, list[Read]] = defaultdict(list)
    problems: list[Problem] = []
    for path in paths:
        if path.name in NOT_A_RUNBOOK:
            continue
        read = _read(path, compiled)
        if isinstance(read, Draft):
            problems.append(_is_draft(path.name))
        elif isinstance(read, list):
            problems += [Problem(path.name, line, "error", "invalid", text) for line, text in read]
        else:
            versions[path.name.split(".")[0]].append(read)
    runbooks, without_rules = _put_together(versions)
    return RunbookShelf(runbooks, (*problems, *without_rules))


def _put_together(versions: Mapping[str, list[Read]]) -> tuple[tuple[Runbook, ...], list[Problem]]:
    """Each runbook of its language versions; one that no alert could ever meet is a problem."""
    runbooks, problems = [], []
    for stem, read in sorted(versions.items()):
        read.sort(key=lambda each: each[0].language)
        pages = tuple(version for version, _ in read)
        rules = reduce(Rules.with_those_of, (rules for _, rules in read))
        if rules.keywords or rules.patterns or rules.services or rules.tools:
            runbooks.append(Runbook(stem, rules, pages))
        else:
            text = "has no rule; add keywords, patterns, services or tools."
            problems.append(Problem(pages[0].file, 1, "error", "invalid", text))
    return tuple(runbooks), problems


def _is_draft(file: str) -> Problem:
    text = "is a draft that no alert is given; review it, write owner and reviewed, and take draft away."
    return Problem(file, 1, "warning", "draft", text)


def _read(path: Path, compiled: Compile) -> Read | Draft | list[Fault]:
    name = _NAME.fullmatch(path.name)
    if not name:
        return [Fault(1, "has no name such as disk-full.md or disk-full.ja.md (a-z, 0-9 and -); rename it.")]
    text = _text_of(path)
    if isinstance(text, Fault):
        return [text]
    head = _HEAD.match(text)
    if not head or len(head[1]) > LARGEST_HEAD:
        return [
            Fault(1, f"does not begin with a head between two lines --- ({LARGEST_HEAD} characters at most).")
        ]
    language: LanguageCode = "ja" if name[2] else "en"
    header = _header(head[1], compiled)
    line = head[0].count("\n") + 1
    sections = read_sections(text[head.end() :], language, line)
    if isinstance(header, Draft) and isinstance(sections, Sections):
        return header
    if isinstance(header, Header) and isinstance(sections, Sections):
        return _version(path.name, language, header, sections), header.rules
    return [fault for found in (header, sections) if isinstance(found, list) for fault in found]


def _version(file: str, language: LanguageCode, header: Header, sections: Sections) -> RunbookVersion:
    step = first_step(sections.mitigation)
    return RunbookVersion(language, file, header.title, header.owner, header.reviewed, sections, step)


def _text_of(path: Path) -> str | Fault:
    try:
        if not path.is_file():  # a pipe would be read for ever
            return Fault(1, "is not a file; move it away.")
        with path.open("rb") as source:
            content = source.read(LARGEST_FILE + 1)
    except OSError as error:
        return Fault(1, f"cannot be read ({error.strerror}); let the user Toban runs as read it.")
    if len(content) > LARGEST_FILE:
        return Fault(1, f"is larger than {LARGEST_FILE // 1024} KiB; nobody reads that at night: shorten it.")
    try:
        return content.decode().replace("\r\n", "\n")
    except UnicodeDecodeError:
        return Fault(1, "is not UTF-8; save it as such.")


def _header(head: str, compiled: Compile) -> Header | Draft | list[Fault]:
    try:
        return read_header(read_front_matter(head, 2), compiled)
    except FrontMatterError as error:
        return [error.fault]

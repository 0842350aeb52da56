"""A shelf of 1,000 runbooks as Toban wants them: with the bodies of real ones, or invented."""

import random
import re
from pathlib import Path

RUNBOOKS = 1_000
WORDS, SENTENCES = 8_000, 40  # invented: different words, and sentences of a runbook
_HEADING = re.compile(r"^#+", re.MULTILINE)
_FENCE = re.compile(r"^ *(?:```|~~~).*$", re.MULTILINE)  # one that is cut in two would hide headings
HEAD = """---
title: {title}
owner: team-{team}
reviewed: 2026-10-01
keywords: ["{title} {number}", "rule{number}"]
services: [service {service}]
---

"""
SECTIONS = ("Meaning", "Impact", "Diagnosis", "Mitigation")


def put_up(directory: Path, real: Path | None) -> None:
    """Writes the runbooks below the directory."""
    texts = _real(real) if real else [_invented(number) for number in range(RUNBOOKS)]
    directory.mkdir()
    for number in range(RUNBOOKS):
        name, text = texts[number % len(texts)]
        head = HEAD.format(title=name, number=number, team=number % 20, service=number % 200)
        lines = _FENCE.sub("", _HEADING.sub("###", text)).splitlines()
        part = len(lines) // len(SECTIONS) + 1
        body = "\n".join(
            f"## {title}\n\nOf {name}.\n" + "\n".join(lines[at * part : (at + 1) * part]) + "\n"
            for at, title in enumerate(SECTIONS)
        )
        (directory / f"runbook-{number}.md").write_text(head + body, encoding="utf-8")


def _real(directory: Path) -> list[tuple[str, str]]:
    files = sorted((directory / "runbooks").rglob("*.md"))
    return [(file.stem, file.read_text(encoding="utf-8", errors="replace")) for file in files]


def _invented(number: int) -> tuple[str, str]:
    chance = random.Random(number)
    sentences = (
        " ".join(_word(int(WORDS ** chance.random())) for _ in range(chance.randrange(6, 16))) + "."
        for _ in range(SENTENCES)
    )
    return f"{_word(number)}{_word(number * 7).title()}", "\n".join(sentences)


def _word(number: int) -> str:
    """Of the frequent ones, short ones."""
    letters = "aeioukstnrmdlpbgfvhz"
    word = ""
    while number or not word:
        number, place = divmod(number, len(letters))
        word += letters[place]
    return word + "er"

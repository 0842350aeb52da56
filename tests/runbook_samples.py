"""Runbooks for tests: files as people write them, and the shelf they give."""

from datetime import date
from pathlib import Path

from toban.clients.runbook_files import load_runbooks
from toban.clients.runbook_patterns import compile_pattern
from toban.domain.runbooks.folding import folded, keyword
from toban.domain.runbooks.needed import needed
from toban.domain.runbooks.nouns import Pattern, Rules, Runbook, RunbookShelf, RunbookVersion, Sections

HEAD = {"title": "Disk full", "keywords": "[disk full]", "owner": "platform", "reviewed": "2026-11-01"}
ENGLISH = "## Meaning\nm\n\n## Impact\ni\n\n## Diagnosis\nd\n\n## Mitigation\n1. Run `df -h`.\n2. More.\n"
JAPANESE = "## 意味\nm\n\n## 影響\ni\n\n## 診断\nd\n\n## 対処\n1. `df -h` を実行します。\n"


def text(body: str = ENGLISH, **head: str | None) -> str:
    """A file; a key of the head given as ``None`` is left out."""
    lines = [f"{key}: {value}" for key, value in (HEAD | head).items() if value is not None]
    return "\n".join(["---", *lines, "---", body])


def shelf(directory: Path, **files: str) -> RunbookShelf:
    """The shelf of these files; ``disk_full__ja`` is written as disk-full.ja.md."""
    for name, content in files.items():
        path = directory / (name.replace("__", ".").replace("_", "-") + ".md")
        path.write_text(content, encoding="utf-8")
    return load_runbooks(directory, compile_pattern)


def runbook(
    id_: str,
    *keywords: str,
    patterns: tuple[str, ...] = (),
    services: tuple[str, ...] = (),
    tools: tuple[str, ...] = (),
    severity: tuple[str, ...] = (),
    reviewed: date = date(2026, 11, 1),
) -> Runbook:
    """A runbook in English with these rules."""
    rules = Rules(
        tuple(keyword(each) for each in keywords),
        tuple(Pattern(each, needed(each), compile_pattern(each)) for each in patterns),
        *(frozenset(map(folded, names)) for names in (services, tools, severity)),
    )
    version = RunbookVersion(
        "en", f"{id_}.md", id_, "platform", reviewed, Sections("m", "i", "d", "1. x"), "x"
    )
    return Runbook(id_, rules, (version,))

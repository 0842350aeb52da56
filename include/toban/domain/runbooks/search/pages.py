"""A Markdown file as it is searched: its name, its titles, and how it begins."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from toban.domain.runbooks.first_step import first_step
from toban.domain.runbooks.header import LONGEST_TEXT
from toban.domain.runbooks.nouns import LanguageCode

LONGEST_BODY = 6_000  # characters; a longer page says by then what it is about: 20,000 found no more
_NAMED_BY_FOLDER = {"readme", "index"}
_HEAD = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_DRAFT = re.compile(r"^['\"]?draft['\"]?[ \t]*:[ \t]*['\"]?true\b", re.MULTILINE | re.IGNORECASE)
_TITLE = re.compile(r"^title:[ \t]*(.+)$", re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]+(.+)$", re.MULTILINE)
_TO_DO = re.compile(
    r"^#{1,6}[ \t].{0,40}"
    "(?:mitigation|resolution|remediation|what to do|how to fix|対処|対応|復旧|手順).{0,40}$",
    re.MULTILINE | re.IGNORECASE,
)
# Bounded: a file of brackets must not take seconds.
_LINK_TARGET = re.compile(r"\]\([^)\n]{0,500}\)")
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Page:
    """``id`` is the path without its ending and language, ``file`` the path; both below the directory.

    ``title`` is what people see, ``titles`` is all that the page calls itself; ``first_step`` is empty where
    no heading says what to do.
    """

    id: str
    file: str
    name: str
    title: str
    titles: str
    body: str
    first_step: str

    @property
    def language(self) -> LanguageCode:
        """By the file's ending."""
        return "ja" if self.file.endswith(".ja.md") else "en"


def read_page(file: str, text: str) -> Page:
    """The page of a file, with or without front matter; ``file`` is its POSIX path below the directory."""
    path = PurePosixPath(page_id(file))
    stem, folders = path.name, list(path.parent.parts)
    name = folders.pop() if stem.lower() in _NAMED_BY_FOLDER and folders else stem
    head = _HEAD.match(text)
    prose = _prose(text[head.end() if head else 0 :])
    titles = _titles(head[1] if head else "", prose)
    return Page(
        id=str(path),
        file=file,
        name=name,
        title=titles[0] if titles else name,
        titles=" ".join(titles),
        body="\n".join((*titles, prose))[:LONGEST_BODY],
        first_step=_first_step(text),
    )


def is_draft(text: str) -> bool:
    """Whether its front matter says that nobody has reviewed it yet."""
    head = _HEAD.match(text)
    return head is not None and _DRAFT.search(head[1]) is not None


def page_id(file: str) -> str:
    """The id of a file's page: ``nodes/disk.ja.md`` and ``nodes/disk.md`` are one runbook."""
    return str(PurePosixPath(file.removesuffix(".md").removesuffix(".ja")))


def _titles(head: str, prose: str) -> list[str]:
    found = (_TITLE.search(head), _HEADING.search(prose))
    return [text[:LONGEST_TEXT] for each in found if each and (text := each[1].strip().strip("'\""))]


def _first_step(text: str) -> str:
    heading = _TO_DO.search(text)
    return first_step(text[heading.end() :]) if heading else ""


def _prose(text: str) -> str:
    """Without comments and addresses: where a link leads says little about what the page is for."""
    kept, at = [], 0
    while (begin := text.find("<!--", at)) >= 0 and (end := text.find("-->", begin)) >= 0:
        kept.append(text[at:begin])
        at = end + 3
    return _ADDRESS.sub(" ", _LINK_TARGET.sub("] ", "".join((*kept, text[at:]))))

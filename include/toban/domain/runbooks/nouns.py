"""The nouns of runbooks: what an alert says, what a runbook is, and why the two belong together."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Literal

LanguageCode = Literal["en", "ja"]
ReasonKind = Literal["pattern", "phrase", "keyword", "service", "tool", "severity"]
ProblemKind = Literal["invalid", "ambiguous", "stale", "unused", "missing-version", "draft"]
Level = Literal["error", "warning"]
FoundIn = Callable[[str], bool]


@dataclass(frozen=True)
class AlertText:
    """What an alert says, as it was sent; ``None`` is what nobody knows (yet)."""

    title: str
    body: str = ""
    service_id: str | None = None
    service_name: str | None = None
    tool: str | None = None
    severity: str | None = None


@dataclass(frozen=True)
class Keyword:
    """A word or phrase: as written, folded for comparing, and the words a text with it must have."""

    written: str = field(compare=False)
    folded: str
    words: frozenset[str] = field(compare=False, repr=False)

    @property
    def is_phrase(self) -> bool:
        """More than one word."""
        return " " in self.folded


@dataclass(frozen=True)
class Pattern:
    """A regular expression, the texts that must be there (lower case), and its search in linear time."""

    written: str
    needs: tuple[str, ...] = field(compare=False, repr=False)
    found_in: FoundIn = field(compare=False, repr=False)

    def may_be_in(self, lower: str) -> bool:
        """Whether a text in lower case has all that is needed; asked thousands of times for an alert."""
        for part in self.needs:  # noqa: SIM110 - a generator takes four times as long
            if part not in lower:
                return False
        return True


@dataclass(frozen=True)
class Rules:
    """Which alerts a runbook is for; services, tools and severities are folded names or ids."""

    keywords: tuple[Keyword, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    services: frozenset[str] = frozenset()
    tools: frozenset[str] = frozenset()
    severities: frozenset[str] = frozenset()
    any_words: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        # Most runbooks have no word in common with an alert: one look at two sets says so.
        object.__setattr__(self, "any_words", frozenset().union(*(each.words for each in self.keywords)))

    def with_those_of(self, other: "Rules") -> "Rules":
        """Both together, each rule once: the language versions of a runbook share their rules."""
        return Rules(
            tuple(dict.fromkeys(self.keywords + other.keywords)),
            tuple(dict.fromkeys(self.patterns + other.patterns)),
            self.services | other.services,
            self.tools | other.tools,
            self.severities | other.severities,
        )


@dataclass(frozen=True)
class Sections:
    """The four parts of a runbook, in Markdown, without their headings."""

    meaning: str
    impact: str
    diagnosis: str
    mitigation: str


@dataclass(frozen=True)
class RunbookVersion:
    """A runbook in one language; ``first_step`` is plain text in which code stands in backticks."""

    language: LanguageCode
    file: str
    title: str
    owner: str
    reviewed: date
    sections: Sections
    first_step: str


@dataclass(frozen=True)
class Runbook:
    """What to do about an alert, in one or two languages (English first); ``id`` is the file's stem."""

    id: str
    rules: Rules
    versions: tuple[RunbookVersion, ...]

    def version(self, language: str) -> RunbookVersion:
        """The version in that language, else the other one."""
        return next((each for each in self.versions if each.language == language), self.versions[0])


class TextRule(IntEnum):
    """How closely a rule describes an alert's text."""

    NONE = 0
    KEYWORD = 1
    PHRASE = 2
    PATTERN = 3


@dataclass(frozen=True, order=True)
class Strength:
    """How specific a match is: compared field by field, in this order."""

    by_text: bool
    by_service: bool
    text_rule: TextRule
    in_title: bool
    by_tool: bool
    by_severity: bool
    length: int


@dataclass(frozen=True)
class Reason:
    """One rule that the alert met: a person's own words, or the alert's service, tool or severity."""

    kind: ReasonKind
    value: str


@dataclass(frozen=True)
class RunbookMatch:
    """A runbook that belongs to an alert, and why."""

    runbook: Runbook
    reasons: tuple[Reason, ...]
    strength: Strength


@dataclass(frozen=True)
class Problem:
    """Something about a runbook's file that its owner should know; the line counts from 1."""

    file: str
    line: int | None
    level: Level
    kind: ProblemKind
    text: str


@dataclass(frozen=True)
class RunbookShelf:
    """All runbooks that can be used, by id, and what is wrong with the files."""

    runbooks: tuple[Runbook, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class PastAlert:
    """A title as it fired, how often, and when last."""

    alert: AlertText
    times: int

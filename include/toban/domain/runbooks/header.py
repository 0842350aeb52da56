"""A runbook's front matter: which keys there are, what each holds, and what is wrong with one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from toban.domain.runbooks.folding import folded, keyword
from toban.domain.runbooks.needed import needed
from toban.domain.runbooks.nouns import FoundIn, Keyword, Pattern, Rules
from toban.domain.runbooks.sections import Fault

TEXTS, LISTS = (
    ("title", "owner", "reviewed", "draft"),
    ("keywords", "patterns", "services", "tools", "severity"),
)
REQUIRED, REQUIRED_OF_DRAFTS = ("title", "owner", "reviewed"), ("title",)
SEVERITIES = ("info", "warning", "error", "critical")
MOST_VALUES, LONGEST_TEXT, LONGEST_PATTERN = 50, 150, 200
Compile = Callable[[str], FoundIn]


class Value(NamedTuple):
    """A text of the front matter and its line."""

    text: str
    line: int


class Entry(NamedTuple):
    """A key of the front matter with its one text, or with its list of texts."""

    key: Value
    values: tuple[Value, ...]
    is_list: bool


@dataclass(frozen=True)
class Header:
    """What the front matter says, once nothing is wrong with it."""

    title: str
    owner: str
    reviewed: date
    rules: Rules


class Draft(NamedTuple):
    """A header that says that nobody has reviewed its file yet."""

    title: str


def read_header(entries: Iterable[Entry], compile_pattern: Compile) -> Header | Draft | list[Fault]:
    """The header, or all that is wrong with it; ``compile_pattern`` raises ValueError with a reason."""
    reader = _Reader(compile_pattern)
    for entry in entries:
        reader.read(entry)
    reader.end()
    if reader.is_draft and not reader.faults:
        return Draft(reader.texts("title")[0])
    if reader.faults or reader.reviewed is None:
        return reader.faults
    rules = Rules(
        tuple(dict.fromkeys(reader.keywords)),
        tuple(dict.fromkeys(reader.patterns)),
        *(frozenset(folded(text) for text in reader.texts(key)) for key in ("services", "tools", "severity")),
    )
    return Header(reader.texts("title")[0], reader.texts("owner")[0], reader.reviewed, rules)


class _Reader:
    def __init__(self, compile_pattern: Compile) -> None:
        self.faults: list[Fault] = []
        self.keywords: list[Keyword] = []
        self.patterns: list[Pattern] = []
        self.reviewed: date | None = None
        self.is_draft = False
        self._compile = compile_pattern
        self._entries: dict[str, Entry] = {}

    def texts(self, key: str) -> list[str]:
        return [value.text for value in self._entries[key].values] if key in self._entries else []

    def read(self, entry: Entry) -> None:
        before = len(self.faults)
        self.faults += _shape(entry, self._entries)
        if len(self.faults) > before:
            return
        self._entries[entry.key.text] = entry
        for value in entry.values:
            try:
                self._take(entry.key.text, value.text)
            except ValueError as error:
                self.faults.append(Fault(value.line, f"{entry.key.text}: {error}"))

    def end(self) -> None:
        required = REQUIRED_OF_DRAFTS if self.is_draft else REQUIRED
        missing = [key for key in required if key not in self._entries]
        named = {fault.text.split(":")[0] for fault in self.faults}
        self.faults += [Fault(1, f"{key}: is required; add it.") for key in missing if key not in named]

    def _take(self, key: str, text: str) -> None:
        if key == "reviewed":
            self.reviewed = _day(text)
        elif key == "draft":
            self.is_draft = _truth(text)
        elif key == "keywords":
            self.keywords.append(_keyword(text))
        elif key == "patterns":
            self.patterns.append(Pattern(text, needed(text), self._compile(text)))
        elif key == "severity" and folded(text) not in SEVERITIES:
            raise ValueError(f"{text!r} is none of {', '.join(SEVERITIES)}; use those.")


def _shape(entry: Entry, before: dict[str, Entry]) -> Iterator[Fault]:
    key, line = entry.key
    shown = key[:LONGEST_TEXT]
    if key not in TEXTS + LISTS:
        yield Fault(line, f"{shown}: is not a known key; there are {', '.join(TEXTS + LISTS)}.")
    elif key in before:
        yield Fault(line, f"{shown}: stands here a second time; join the two.")
    elif key in TEXTS and entry.is_list:
        yield Fault(line, f"{shown}: is a list, but must be one text; take the brackets or dashes away.")
    elif len(entry.values) > MOST_VALUES:
        yield Fault(line, f"{shown}: has {len(entry.values)} values, but {MOST_VALUES} at most are read.")
    else:
        yield from _lengths(entry)


def _lengths(entry: Entry) -> Iterator[Fault]:
    limit = LONGEST_PATTERN if entry.key.text == "patterns" else LONGEST_TEXT
    for text, line in entry.values:
        if not text.strip():
            yield Fault(line, f"{entry.key.text}: is empty; write something or take the line away.")
        elif len(text) > limit:
            yield Fault(line, f"{entry.key.text}: has {len(text)} characters, but {limit} are the most.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a day such as 2026-11-23.") from None


def _truth(text: str) -> bool:
    if text in {"true", "false"}:
        return text == "true"
    raise ValueError(f"{text!r} is neither true nor false.")


def _keyword(text: str) -> Keyword:
    made = keyword(text)
    if not made.folded:
        raise ValueError(f"{text!r} has neither letter nor digit; write a word.")
    return made

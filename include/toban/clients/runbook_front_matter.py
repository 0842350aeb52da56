"""YAML of a runbook's head, read event by event: texts and lists of texts, with their lines, nothing else.

Nothing is ever constructed from it, so tags do nothing, and an alias (the way a small file becomes a huge
value) is refused where it stands.
"""

from collections.abc import Iterator

import yaml

from toban.domain.runbooks.header import Entry, Value
from toban.domain.runbooks.sections import Fault

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where the machine's PyYAML has it


class FrontMatterError(ValueError):
    """The head is not what a runbook's can be; it knows its line."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.fault = Fault(line, text)


def read_front_matter(text: str, first_line: int) -> list[Entry]:
    """The keys of a head that begins in ``first_line`` of its file; raises FrontMatterError."""
    try:
        return list(_Events(text, first_line).entries())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise FrontMatterError(line, f"is not YAML here ({error.problem}); quote the text.") from None
    except yaml.YAMLError:
        raise FrontMatterError(first_line, "holds characters YAML does not allow; remove them.") from None


class _Events:
    def __init__(self, text: str, first_line: int) -> None:
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
        self._first_line = first_line

    def entries(self) -> Iterator[Entry]:
        opening = [next(self._events, None) for _ in range(3)]  # stream, document, mapping
        if not isinstance(opening[2], yaml.MappingStartEvent):
            raise FrontMatterError(self._first_line, "has no keys; write them as in `title: Disk full`.")
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._text(event)
            value = next(self._events)
            if isinstance(value, yaml.SequenceStartEvent):
                yield Entry(key, tuple(self._items()), is_list=True)
            else:
                yield Entry(key, (self._text(value),), is_list=False)
        for rest in self._events:
            if isinstance(rest, yaml.DocumentStartEvent):
                raise self._refused(rest, "begins a second document; a runbook has one head.")

    def _items(self) -> Iterator[Value]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._text(event)

    def _text(self, event: yaml.Event) -> Value:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._refused(
                event, "uses an anchor or alias of YAML (& or *); write the text out, in quotes."
            )
        if not isinstance(event, yaml.ScalarEvent):
            raise self._refused(event, "is nested; a key holds one text or a list of texts (quote { and [).")
        return Value(event.value, self._line(event))

    def _refused(self, event: yaml.Event, why: str) -> FrontMatterError:
        return FrontMatterError(self._line(event), why)

    def _line(self, event: yaml.Event) -> int:
        return self._first_line + int(event.start_mark.line)

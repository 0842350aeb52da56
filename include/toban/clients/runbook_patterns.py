"""Regular expressions of runbooks, searched in time linear in the text.

People write them at night and nobody reviews them: in Python's own engine ``(a+)+$`` takes longer than the
alert may wait. pydantic-core brings the Rust engine, which never goes back: no look-around, no
back-references, and what would become a huge automaton is refused.
"""

import re
from functools import cache

from pydantic_core import SchemaError, SchemaValidator
from pydantic_core.core_schema import str_schema

from toban.domain.runbooks.nouns import FoundIn

# Case does not matter, and ^ and $ are the ends of the title or of a line of the body.
_FLAGS = "(?im)"
# The engine writes `{n,m}` out: without a bound, one pattern may take megabytes, and a search seconds.
LARGEST = 250  # characters, classes and escapes, each as often as it is repeated
_ATOM = re.compile(
    r"\{\s*(?P<least>\d{1,9})\s*(?:,\s*(?P<most>\d{0,9})\s*)?\}|(?P<open>\()|(?P<close>\))"
    r"|\\.|\[(?:\\.|[^\]\\])*\]|.",
    re.DOTALL,
)


def compile_pattern(written: str) -> FoundIn:
    """A search anywhere in a text; raises ValueError with the reason where the pattern cannot be used."""
    size = _size(written)
    if size > LARGEST:
        raise ValueError(f"{written!r} has {size} parts once repetitions are written out, {LARGEST} at most.")
    try:
        validator = SchemaValidator(str_schema(pattern=_FLAGS + written, regex_engine="rust-regex"))
    except SchemaError as error:
        raise ValueError(f"{written!r} is no usable regular expression ({_reason(error)}).") from None
    if validator.isinstance_python(""):
        raise ValueError(f"{written!r} is found in every text; ask for at least one character.")
    return validator.isinstance_python


def compile_when_needed(written: str) -> FoundIn:
    """The same search, compiled when it is first asked; a pattern that cannot be used is found nowhere.

    Compiling takes about a millisecond, and an alert that waits needs few patterns of a thousand runbooks.
    """

    @cache
    def compiled() -> FoundIn:
        try:
            return compile_pattern(written)
        except ValueError:  # `toban runbooks check` compiles at once, and tells
            return _nowhere

    def found_in(text: str) -> bool:
        return compiled()(text)

    return found_in


def _nowhere(_text: str) -> bool:
    return False


def _size(written: str) -> int:
    """How many parts a pattern has with its repetitions written out; nested ones multiply."""
    groups, last = [0], 0
    for atom in _ATOM.finditer(written):
        if atom["open"]:
            groups.append(0)
        elif atom["close"] and len(groups) > 1:
            last = groups.pop()
            groups[-1] += last
        elif atom["least"]:
            more = last * (max(1, int(atom["most"] or atom["least"])) - 1)
            groups[-1] += more
            last += more
        else:
            last = 1
            groups[-1] += 1
    return sum(groups)


def _reason(error: SchemaError) -> str:
    last = str(error).strip().splitlines()[-1].strip()
    return last.removeprefix("error: ").removeprefix("SchemaError: ").rstrip(".")

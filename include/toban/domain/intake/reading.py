"""Values out of a body that a stranger wrote: nothing here raises, whatever the body holds."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

ELLIPSIS = "…"
LONGEST_TEXT = 1_024
LONGEST_HREF = 2_000
DEEPEST = 6  # levels of custom details; PagerDuty's page shows them as a table of tables
DETAIL_CHARACTERS = 20_000  # of one event's details: far below PagerDuty's 512 KB, also as UTF-8
BELIEVED_YEARS = range(2_000, 2_101)  # "0001-01-01" and the epoch's 0 stand for "not yet"
EXACT = 2**53  # a larger number is kept as text: JSON's readers would round it
MILLISECONDS = 100_000_000_000  # an epoch number above it (the year 5138 in seconds) counts milliseconds
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")  # turns text around; half a character


def at(value: object, *path: str) -> object:
    """What lies under those names; None where one is missing or something else than an object is met."""
    for name in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


def line(value: object, limit: int = LONGEST_TEXT) -> str:
    """A text or number as one clean line of at most `limit` characters; empty for anything else."""
    # Four times as much is looked at: blanks fall together.
    return _cut(" ".join(plain(value, limit * 4).split()), limit)


def first(value: object, *names: str) -> str:
    """The first of the object's values under those names that is a line with something in it."""
    return next(filter(None, (line(at(value, name)) for name in names)), "")


def plain(value: object, limit: int) -> str:
    """A text or number without control characters (lines stay), cut; empty for anything else."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if not isinstance(value, str):
        return ""
    return _HIDDEN.sub("", _CONTROLS.sub(" ", _cut(value, limit)))


def items(value: object) -> Sequence[object]:
    """The list; empty for anything else."""
    return value if isinstance(value, list) else ()


def moment(value: object) -> datetime | None:
    """An aware moment in UTC from ISO 8601 with a zone, or epoch seconds or milliseconds; else None."""
    if isinstance(value, str) and not re.fullmatch(r"\d{1,15}(\.\d{1,9})?", value):
        return _believed(_from_iso(value))
    try:
        number = float(value) if isinstance(value, str | int | float) and value is not True else 0.0
        return _believed(datetime.fromtimestamp(number / (1_000 if number > MILLISECONDS else 1), UTC))
    except (ValueError, OverflowError, OSError):
        return None


def host(url: object) -> str:
    """The host of an address; empty where there is none."""
    try:
        return line(urlsplit(plain(url, LONGEST_HREF)).hostname or "")
    except ValueError:
        return ""


def details(value: Mapping[str, object]) -> dict[str, object]:
    """What is worth keeping of it, small enough to be sent: no empty values, no depth, no flood of text."""
    shortened = _shortened(value, DEEPEST, _Allowance(DETAIL_CHARACTERS))
    return shortened if isinstance(shortened, dict) else {}


class _Allowance:
    def __init__(self, characters: int) -> None:
        self.left = characters

    def take(self, text: str) -> str:
        kept = _cut(text, max(self.left, 1))
        self.left -= len(kept)
        return kept


def _shortened(value: object, depth: int, allowance: _Allowance) -> object:
    if isinstance(value, Mapping) and depth:
        return dict(_entries(value, depth, allowance))
    if isinstance(value, list) and depth:
        return [_shortened(each, depth - 1, allowance) for each in _while_allowed(value, allowance)]
    if isinstance(value, Mapping | list):
        return ELLIPSIS if value else None
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        allowance.left -= 10
        return value if -EXACT < value < EXACT else line(value, 400)  # also "nan" and "inf"
    return allowance.take(plain(value, DETAIL_CHARACTERS))


def _entries(
    value: Mapping[object, object], depth: int, allowance: _Allowance
) -> Iterator[tuple[str, object]]:
    for name in _while_allowed(list(value), allowance):
        kept = _shortened(value[name], depth - 1, allowance)
        if kept not in (None, "", [], {}):
            yield allowance.take(line(name, 200)), kept


def _while_allowed(values: list[object], allowance: _Allowance) -> Iterator[object]:
    for value in values:
        if allowance.left <= 0:
            return
        allowance.left -= 2
        yield value


def _from_iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _believed(found: datetime | None) -> datetime | None:
    """Without a zone it says nothing."""
    if found is None or found.tzinfo is None or found.year not in BELIEVED_YEARS:
        return None
    return found.astimezone(UTC)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + ELLIPSIS

"""Identifiers, references and moments as PagerDuty writes them."""

from datetime import UTC, datetime
from typing import Any

Ref = dict[str, Any]

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_GOLDEN = 0.6180339887  # steps of this part of the space spread evenly over it


class Ids:
    """Gives identifiers that look random, never repeat, and are the same for the same seed."""

    def __init__(self, prefix: str, length: int, seed: int) -> None:
        self._prefix = prefix
        self._digits = length - len(prefix)
        self._space = 36**self._digits
        # Without a common factor with 36 the stride meets every number of the space before one comes again.
        self._stride = int(self._space * _GOLDEN) // 6 * 6 + 1
        self._number = seed * 2_654_435_761 % self._space

    def next(self) -> str:
        self._number = rest = (self._number + self._stride) % self._space
        text = []
        for _ in range(self._digits):
            rest, digit = divmod(rest, 36)
            text.append(_DIGITS[digit])
        return self._prefix + "".join(text)


def ref(kind: str, identifier: str, summary: str) -> Ref:
    """A reference: `kind` is the noun alone, as in "user"."""
    return {"id": identifier, "type": f"{kind}_reference", "summary": summary}


def reference_to(row: dict[str, Any]) -> Ref:
    """The reference to a full object, such as a user out of the directory."""
    return ref(row["type"], row["id"], row["summary"])


def wire(moment: datetime) -> str:
    """A moment in UTC with "Z" and whole seconds, e.g. "2026-11-20T01:00:00Z"."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def local_wire(moment: datetime) -> str:
    """A moment with the offset of its own zone, as schedules carry it."""
    return moment.isoformat(timespec="seconds")

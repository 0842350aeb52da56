"""What a message needs of a language; ``toban.locale`` provides the two that exist."""

from datetime import date, datetime
from typing import Protocol


class Language(Protocol):
    """Turns values into words. Moments passed in are already in the reader's time zone."""

    code: str

    def text(self, msgid: str, **values: object) -> str:
        """The sentence for an English msgid, its ``{names}`` filled in after translation."""
        ...

    def count(self, singular: str, plural: str, n: int, **values: object) -> str:
        """The sentence for ``n`` things; ``{n}`` is filled in too."""
        ...

    def day(self, day: date) -> str:
        """``Mon 23 Nov`` or ``11月23日(月)``."""
        ...

    def clock(self, moment: datetime) -> str:
        """``09:05``, always 24 hours."""
        ...

    def moment(self, moment: datetime) -> str:
        """Day and clock."""
        ...

    def duration(self, seconds: float | None) -> str:
        """``4 min 30 s`` or ``4分30秒``; ``None`` gives a dash."""
        ...

    def number(self, value: float, digits: int = 0) -> str:
        """With thousands separators."""
        ...

    def percent(self, share: float, digits: int = 0) -> str:
        """``share`` is 0 to 1 (or more)."""
        ...

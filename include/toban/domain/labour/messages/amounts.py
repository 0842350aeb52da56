"""Hours and minutes as people read them: a decimal only where there is something behind the point."""

from datetime import timedelta

from toban.domain.labour.sheets.table import HOUR, MINUTE
from toban.domain.language import Language


def hours(time: timedelta, say: Language) -> str:
    """``24`` or ``36.5``."""
    return _number(time / HOUR, say)


def minutes(time: timedelta, say: Language) -> str:
    """``220`` or ``12.5``."""
    return _number(time / MINUTE, say)


def _number(value: float, say: Language) -> str:
    return say.number(value, 0 if round(value, 1).is_integer() else 1)
